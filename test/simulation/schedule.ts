import { fakeLocks } from '../engine/fake-locks.js';
import { Actor } from './actor.js';
import { countingClock } from './counting-clock.js';
import { startDocument } from './document.js';
import type { Entry } from './flaky-server.js';
import { FlakyServer } from './flaky-server.js';
import { Meddler } from './meddler.js';
import type { Random } from './random.js';
import { seeded } from './random.js';
import type { Filed, Foreign, Outcome } from './records.js';
import type { Stage } from './stage.js';
import { VirtualClock } from './virtual-clock.js';
import type { World } from './world.js';
import { worldOf } from './world.js';

/** All that a schedule is judged by. */
export interface Report {
  readonly seed: number;
  readonly world: World;
  readonly filed: readonly Filed[];
  readonly outcomes: readonly Outcome[];
  readonly foreign: readonly Foreign[];
  /** Every state that each resource has had. */
  readonly histories: readonly (readonly Entry[])[];
  /** Promises that were seen to break on the way. */
  readonly broken: readonly string[];
  readonly requests: number;
  /** Requests that nobody needs any more, and timers of the engine's. */
  readonly requestsLeft: number;
  readonly timersLeft: number;
  /** ms of virtual time until the last edit had ended. */
  readonly took: number;
}

/** Draws of its own: what is special about a server changes nothing else in a schedule. */
const SERVERS = 0x5e7f;

/** What a schedule is played in, and by what chance. */
export function draw(seed: number): { readonly random: Random; readonly clock: VirtualClock; readonly world: World } {
  const random = seeded(seed);
  const clock = new VirtualClock(random);
  return { random, clock, world: worldOf(random, clock, seeded(seed ^ SERVERS)) };
}

/** Runs one schedule: several clients edit a few documents, others change them behind their backs, and the network does its worst. */
export async function runSchedule(seed: number): Promise<Report> {
  const { random, clock, world } = draw(seed);
  const servers = Array.from({ length: world.resources }, () => {
    const isThere = !world.deleting || random() < 0.7;
    return new FlakyServer(isThere ? startDocument(world.clients) : undefined, { ...world, clock, random });
  });
  const engineClock = countingClock(clock);
  // Powers of four count what each addition did; 4 ** 25 is the last that a double holds exactly.
  let power = 0;
  const nextCount = (): number => (world.distinct ? 4 ** Math.min(25, power++) : 1);
  const stage: Stage = {
    world,
    servers,
    random,
    clock,
    engineClock,
    locks: world.tabs ? fakeLocks() : undefined,
    nextCount,
    filed: [],
    outcomes: [],
    broken: [],
  };
  const actors = Array.from({ length: world.clients }, (_, name) => new Actor(name, stage));
  const meddler = new Meddler(stage);
  const started = Promise.all(actors.map((actor) => actor.run()));
  if (await clock.run(() => actors.every((actor) => actor.idle))) await started;
  else stage.broken.push('it never ends');
  // What an ending sets off has ended, too: nothing may be left to be waited for.
  await new Promise((resolve) => setImmediate(resolve));
  const took = clock.now();
  const timersLeft = engineClock.pending;
  const requestsLeft = servers.reduce((sum, server) => sum + server.open, 0);
  for (const actor of actors) actor.farewell();
  const { locks } = stage;
  if (locks !== undefined && locks.held.length + locks.waiting > 0) stage.broken.push('a tab still has its turn');
  // What is still under way arrives now, if ever.
  await clock.run(() => clock.pending === 0);
  return {
    seed,
    world,
    filed: stage.filed,
    outcomes: stage.outcomes,
    foreign: meddler.did,
    histories: servers.map(({ history }) => history),
    broken: [...stage.broken, ...servers.flatMap(({ oddities }) => oddities)],
    requests: servers.reduce((sum, server) => sum + server.requests, 0),
    requestsLeft,
    timersLeft,
    took,
  };
}
