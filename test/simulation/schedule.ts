import type { Outcome } from './actor.js';
import { Actor } from './actor.js';
import { done, startDocument, toggled, tokenDeed } from './document.js';
import type { Entry } from './flaky-server.js';
import { FlakyServer } from './flaky-server.js';
import { below, pick, seeded } from './random.js';
import { countingClock, VirtualClock } from './virtual-clock.js';
import type { World } from './world.js';
import { worldOf } from './world.js';

/** What somebody else did to a resource, behind all clients' backs. */
export interface Foreign {
  readonly resource: number;
  readonly token: string | undefined;
  readonly counted: number;
  readonly logged: number;
}

export interface Report {
  readonly seed: number;
  readonly world: World;
  readonly outcomes: readonly Outcome[];
  readonly foreign: readonly Foreign[];
  /** Every state that each resource has had. */
  readonly histories: readonly (readonly Entry[])[];
  readonly oddities: readonly string[];
  readonly requests: number;
  readonly deeds: number;
  readonly timersLeft: number;
}

/** Runs one schedule: several clients edit a few documents, others change them behind their backs, and the network does its worst. */
export async function runSchedule(seed: number): Promise<Report> {
  const random = seeded(seed);
  const clock = new VirtualClock(random);
  const world = worldOf(random);
  const servers = Array.from({ length: world.resources }, () => {
    const isThere = !world.deleting || random() < 0.7;
    return new FlakyServer(isThere ? startDocument() : undefined, { ...world, clock, random });
  });
  const outcomes: Outcome[] = [];
  const engineClock = countingClock(clock);
  // Powers of four count what each addition did; 4 ** 25 is the last that a double holds exactly.
  let power = 0;
  const nextCount = (): number => (world.distinct ? 4 ** Math.min(25, power++) : 1);

  const actors = Array.from(
    { length: 1 + below(random, 4) },
    (_, name) => new Actor(name, { world, servers, random, clock, engineClock, nextCount, outcomes }),
  );
  const foreign: Foreign[] = [];
  const others = 1 + below(random, 4);
  for (let index = 0; index < others; index += 1) {
    clock.after(below(random, 3_000), () => meddle(`f${index}`));
  }
  const started = Promise.all(actors.map((actor) => actor.run()));
  await clock.run(() => actors.every((actor) => actor.idle));
  await started;
  const timersLeft = engineClock.pending;
  // What is still under way arrives now, if ever.
  await clock.run(() => clock.pending === 0);
  return {
    seed,
    world,
    outcomes,
    foreign,
    histories: servers.map(({ history }) => history),
    oddities: servers.flatMap(({ oddities }) => oddities),
    requests: servers.reduce((sum, server) => sum + server.requests, 0),
    deeds: actors.reduce((sum, actor) => sum + actor.deeds, 0),
    timersLeft,
  };

  function meddle(token: string): void {
    const resource = below(random, servers.length);
    const server = servers[resource];
    if (server === undefined) return;
    const { value } = server.now;
    const told = (part: Partial<Foreign>): void =>
      void foreign.push({ resource, token: undefined, counted: 0, logged: 0, ...part });
    if (value === undefined) {
      server.change(done(startDocument(), tokenDeed(token, random)), undefined);
      told({ token });
      return;
    }
    const what = pick(random, ['token', 'token', 'count', 'log', 'toggle', 'delete']);
    if (what === 'toggle') {
      // There and back: under content hashes the old version returns.
      server.change(toggled(value), undefined);
      clock.after(below(random, 600), () => {
        if (server.now.value !== undefined) server.change(toggled(server.now.value), undefined);
      });
    } else if (what === 'delete' && world.deleting) {
      server.change(undefined, undefined);
    } else if (what === 'count') {
      const by = nextCount();
      server.change(done(value, { kind: 'count', by }), undefined);
      told({ counted: by });
    } else if (what === 'log') {
      server.change(done(value, { kind: 'log' }), undefined);
      told({ logged: 1 });
    } else {
      server.change(done(value, tokenDeed(token, random)), undefined);
      told({ token });
    }
  }
}
