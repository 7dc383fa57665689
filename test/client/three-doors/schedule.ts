import { conflictFetch, createClient } from 'unconflict';
import type { Documents, RequestRecord } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { vi } from 'vitest';
import type { Random } from '../../simulation/random.js';
import { below, seeded } from '../../simulation/random.js';
import type { Doc } from './document.js';
import { adding, START, striking } from './document.js';
import type { House, Said } from './doors.js';
import { doorsOf } from './doors.js';
import type { Fate } from './judge.js';
import { brokenBy, endOf, isUnknown, leaks, tokensBy } from './judge.js';
import type { Kind, World } from './kinds.js';
import { worldOf } from './kinds.js';
import { badLine } from './network.js';

const PATH = '/doc';
const TOKENS = 5;
/** ms. By then nobody else writes any more. */
const MEDDLING = 800;

export interface Played {
  readonly world: World;
  readonly fates: readonly Fate[];
  readonly broken: readonly string[];
  /** What arrived at the server, for who wants to know. */
  readonly requests: readonly RequestRecord[];
}

/** A person, their document, and what became of what they did. */
interface Person {
  readonly name: string;
  readonly self: Readonly<Record<string, string>>;
  readonly documents: Documents;
  readonly fates: Fate[];
  readonly foreign: string[];
}

/** Clients that write by all their doors over a bad line, while somebody else writes too. Needs a faked clock. */
export async function runDoors(
  kind: Kind,
  seed: number,
  mutate: (line: typeof fetch) => typeof fetch = (line) => line,
): Promise<Played> {
  const random = seeded(seed);
  // Pauses between two tries are drawn, too.
  vi.spyOn(Math, 'random').mockImplementation(seeded(seed + 1));
  const world = worldOf(kind, random);
  const { lag, isAlone } = world;
  const server = createConflictServer(world.server);
  const people = world.people.map((self, index): Person => {
    const [name] = Object.values(self);
    const documents = name === undefined ? server : server.tenant(name);
    documents.seed(PATH, START);
    return { name: 'ab'[index] ?? '', self, documents, fates: [], foreign: [] };
  });
  const replica = server.fault({ kind: 'stale-read', lag, times: lag > 0 ? Number.POSITIVE_INFINITY : 0 });
  let isCalm = false;
  const line = badLine(server.fetch, { trouble: world.trouble, random, isCalm: () => isCalm });
  const options = { fetch: mutate(line), defaults: { requireVersion: true } };
  const url = `${server.origin}${PATH}`;
  const houses = Array.from({ length: world.clients }, () => ({
    client: createClient(options),
    guarded: conflictFetch(options),
    url,
  }));
  const work = houses.flatMap((house, index) =>
    people.map((person) => live({ ...house, self: person.self }, person, `${person.name}c${index}`, world, random)),
  );
  if (!isAlone) for (const person of people) meddle(person, random);
  const shown = new Map<Person, unknown[]>();
  const quiet = pause(MEDDLING);
  const all = Promise.all(work).then(async () => {
    isCalm = true;
    replica.cancel();
    await quiet;
    await pause(world.server.cache?.ttl ?? 0);
    for (const person of people) shown.set(person, await Promise.all(houses.map((house) => whatShows(house, person))));
    await Promise.all(houses.map(({ client }) => client.close()));
  });
  const { requests } = server;
  if (!(await passes(all))) return { world, fates: [], broken: ['it never ends'], requests };
  const broken = people.flatMap((person) => {
    const states = person.documents.history<Doc>(PATH).flatMap(({ value }) => (value === undefined ? [] : [value]));
    const record = { ...person, states, shown: shown.get(person) ?? [] };
    const others = people.filter((other) => other !== person).map(({ name }) => tokensBy(name));
    return [...brokenBy(record, world), ...others.flatMap((other) => leaks(record, other))];
  });
  const fates = people.flatMap((person) => person.fates);
  return { world, fates, broken: [...new Set([...broken, ...leftOver()])], requests };
}

/** One person at one client puts tokens in, by all doors, and takes some out again. */
async function live(house: House, { fates }: Person, name: string, world: World, random: Random): Promise<void> {
  const all = Object.entries(doorsOf(house));
  // What one client has read is not known to another, nor to its `conflictFetch`.
  const doors = world.isAlone ? all.filter(([door]) => door !== 'fetch') : all;
  const open: Promise<void>[] = [];
  const own: string[] = [];
  for (let n = 0; n < TOKENS; n += 1) {
    const [door, write] = doors[below(random, doors.length)] ?? [];
    if (door === undefined || write === undefined) throw new Error('a client has doors');
    const old = random() < 0.3 ? own.shift() : undefined;
    const token = old ?? `${name}t${n}`;
    const deed = old === undefined ? 'add' : 'strike';
    const change = old === undefined ? adding(token, world.isUntidy) : striking(token);
    const end = (end: Fate['end'], said: Said | undefined, error: unknown): void => {
      fates.push({ token, deed, door, end, said, error });
      if (deed === 'add' && end === 'accepted') own.push(token);
    };
    const ended = write(change, random).then(
      (said) => end(endOf(said.status), said, undefined),
      (error: unknown) => end(isUnknown(error) ? 'unknown' : 'failed', undefined, error),
    );
    open.push(ended);
    // Some wait for the one before, some do not.
    if (random() < 0.5) await ended;
  }
  await Promise.all(open);
}

/** Somebody else, who writes without asking anybody. */
function meddle({ name, documents, foreign }: Person, random: Random): void {
  for (let n = 0; n < 4; n += 1) {
    const token = `${name}f${n}`;
    const change = (): void => {
      foreign.push(token);
      documents.edit<Doc>(PATH, (doc) => adding(token, false)(doc, random));
    };
    setTimeout(change, below(random, MEDDLING));
  }
}

/** What one client shows of a document when all is over. */
async function whatShows({ client, url }: Omit<House, 'self'>, { self }: Person): Promise<unknown> {
  return (await client.resource<Doc>(url, { headers: self }).get()).value;
}

/** Lets time pass until it is over. False: it never is. */
async function passes(all: Promise<void>): Promise<boolean> {
  let isOver = false;
  const over = all.finally(() => {
    isOver = true;
  });
  for (let steps = 0; !isOver && steps < 50_000; steps += 1) await vi.advanceTimersToNextTimerAsync();
  if (!isOver) return false;
  await over;
  await vi.advanceTimersByTimeAsync(1_000);
  return true;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function leftOver(): string[] {
  const timers = vi.getTimerCount();
  return timers === 0 ? [] : [`${timers} timers are left`];
}
