import { conflictFetch, createClient, InDoubtError } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { vi } from 'vitest';
import type { Random } from '../../simulation/random.js';
import { below, pick, seeded } from '../../simulation/random.js';
import type { Doc } from './document.js';
import { START, tokensOf, withToken } from './document.js';
import { doorsOf } from './doors.js';
import { badLine } from './network.js';

const PATH = '/doc';
const CLIENTS = 2;
const TOKENS = 5;
const BOTH: NonNullable<ConflictServerOptions['patches']> = ['json-patch', 'merge-patch'];

/** What became of one token. */
export interface Fate {
  readonly token: string;
  readonly door: string;
  readonly end: 'accepted' | 'failed' | 'unknown';
  readonly error: unknown;
}

/** Two clients, each writing by all its doors over a bad line, while somebody else writes too. Needs a faked clock. */
export async function runDoors(seed: number): Promise<{ readonly fates: readonly Fate[]; readonly broken: string[] }> {
  const random = seeded(seed);
  const server = createConflictServer(serverOf(random));
  server.seed(PATH, START);
  // Reads come from a replica that lags.
  if (random() < 0.25) server.fault({ kind: 'stale-read', lag: below(random, 300), times: Number.POSITIVE_INFINITY });
  const url = `${server.origin}${PATH}`;
  const level = pick(random, [0, 0.05, 0.15]);
  const some = (): number => (random() < 0.5 ? random() * level : 0);
  const trouble = {
    loseRequest: some(),
    loseAnswer: some(),
    cutAnswer: some(),
    errorBefore: some(),
    errorAfter: some(),
    noReceipt: some(),
  };
  const fates: Fate[] = [];
  const foreign: string[] = [];
  const options = { fetch: badLine(server.fetch, trouble, random), defaults: { requireVersion: true } };
  const clients = Array.from({ length: CLIENTS }, () => createClient(options));
  const work = clients.map(async (client, name) => {
    const guarded = conflictFetch(options);
    const doors = Object.entries(doorsOf(client, guarded, url));
    const open: Promise<void>[] = [];
    for (let n = 0; n < TOKENS; n += 1) {
      const token = `c${name}t${n}`;
      const [door, write] = doors[below(random, doors.length)] ?? [];
      if (door === undefined || write === undefined) throw new Error('a client has doors');
      const ended = write(token, random).then(
        (status) => void fates.push({ token, door, end: endOf(status), error: status }),
        (error: unknown) => void fates.push({ token, door, end: isUnknown(error) ? 'unknown' : 'failed', error }),
      );
      open.push(ended);
      // Some wait for the one before, some do not.
      if (random() < 0.5) await ended;
    }
    await Promise.all(open);
    await client.close();
  });
  for (let n = 0; n < 4; n += 1) {
    setTimeout(
      () => {
        const token = `f${n}`;
        foreign.push(token);
        server.edit<Doc>(PATH, (doc) => withToken(doc, token, random));
      },
      below(random, 800),
    );
  }
  let done = false;
  const all = Promise.all(work).finally(() => {
    done = true;
  });
  for (let rounds = 0; !done && rounds < 20_000; rounds += 1) await vi.advanceTimersByTimeAsync(20);
  if (!done) return { fates, broken: ['it never ends'] };
  await all;
  await vi.advanceTimersByTimeAsync(1_000);
  const states = server.history<Doc>(PATH).flatMap(({ value }) => (value === undefined ? [] : [value]));
  return { fates, broken: [...brokenBy(states, fates, foreign), ...leftOver()] };
}

function serverOf(random: Random): ConflictServerOptions {
  return {
    status: pick(random, [412, 409]),
    answer: pick(random, ['representation', 'minimal', 'no-version', 'nothing']),
    gateway: pick(random, ['none', 'none', 'weaken', 'suffix']),
    patches: pick(random, [BOTH, BOTH, BOTH, ['merge-patch'], ['json-patch']]),
    conflictBody: pick(random, ['problem', 'empty', 'current']),
  };
}

function endOf(status: number): Fate['end'] {
  if (status < 300) return 'accepted';
  return status < 500 ? 'failed' : 'unknown';
}

/** What nobody can know: told so, or an answer that was lost or no answer of the server's. */
function isUnknown(error: unknown): boolean {
  if (error instanceof InDoubtError) return true;
  const { name, response } = Object(error);
  // A caller who left, of his own will or because he had not the patience.
  if (name === 'TimeoutError') return true;
  return name === 'NetworkError' || name === 'TypeError' || (name === 'HTTPError' && response.status >= 500);
}

/** What the states of the document tell: nothing doubled, nothing taken away, all that was accepted, nothing that failed. */
function brokenBy(states: readonly Doc[], fates: readonly Fate[], foreign: readonly string[]): string[] {
  const broken: string[] = [];
  const ever = new Set<string>();
  let before = new Map<string, number>();
  for (const state of states) {
    const now = tokensOf(state);
    for (const [token, times] of now) {
      ever.add(token);
      if (times > 1) broken.push(`${token} is there ${times} times`);
    }
    for (const token of before.keys()) if (!now.has(token)) broken.push(`${token} was lost`);
    before = now;
  }
  for (const token of foreign) if (!ever.has(token)) broken.push(`${token} never was there`);
  for (const { token, door, end, error } of fates) {
    if (end === 'accepted' && !ever.has(token)) broken.push(`${token} by ${door} was accepted and is nowhere`);
    if (end === 'failed' && ever.has(token)) broken.push(`${token} by ${door} failed and is there: ${String(error)}`);
  }
  return [...new Set(broken)];
}

function leftOver(): string[] {
  const timers = vi.getTimerCount();
  return timers === 0 ? [] : [`${timers} timers are left`];
}
