import type { EditEvent } from '../../src/contract/events.js';
import type { EditResult } from '../../src/contract/snapshot.js';
import { diff } from '../../src/core/diff.js';
import type { JsonValue } from '../../src/core/json.js';
import { Budget } from '../../src/engine/budget.js';
import type { EditInput } from '../../src/engine/edit.js';
import { Edit } from '../../src/engine/edit.js';
import { Lane } from '../../src/engine/lane.js';
import type { Policy, RetryPolicy } from '../../src/engine/policy.js';
import type { State } from '../../src/engine/port.js';
import { ResourceShelf } from '../../src/engine/resource-shelf.js';
import type { Run } from '../../src/engine/run.js';
import type { TabLocks } from '../../src/engine/tab-lock.js';
import { TabLock } from '../../src/engine/tab-lock.js';
import { codecOf } from '../../src/protocol/codec-of.js';
import { etag } from '../../src/protocol/etag.js';
import type { FakeClock } from './fake-clock.js';
import { fakeClock } from './fake-clock.js';
import type { FakePort } from './fake-port.js';
import { fakePort } from './fake-port.js';

export const URL_A = 'https://example.com/a';

export type PolicyChange = Partial<Omit<Policy, 'retry' | 'lock'>> & {
  readonly retry?: Partial<RetryPolicy>;
  readonly lock?: Partial<Policy['lock']>;
};

function policyOf({ retry, lock, ...change }: PolicyChange = {}): Policy {
  return {
    codec: codecOf(etag()),
    merge: {},
    resolve: undefined,
    schema: undefined,
    classify: undefined,
    retry: {
      attempts: 20,
      attemptsWhileMoving: retry?.attempts ?? Number.POSITIVE_INFINITY,
      minDelay: 10,
      maxDelay: 100,
      deadline: 30_000,
      maxRetryAfter: 30_000,
      hookDeadline: Number.POSITIVE_INFINITY,
      ...retry,
    },
    lock: { maxWait: Number.POSITIVE_INFINITY, release: undefined, ...lock },
    gone: undefined,
    exists: undefined,
    readonly: [],
    requireVersion: true,
    createdMeansRecreated: false,
    ...change,
  };
}

/** One lane over a scripted port and a fake clock. */
export interface Bench {
  readonly clock: FakeClock;
  readonly port: FakePort;
  readonly policy: Policy;
  readonly shelf: ResourceShelf;
  readonly lane: Lane;
  readonly closing: AbortController;
  readonly events: EditEvent[];
  /** The events' types, in order, without `queued`, with which every edit begins. */
  readonly told: () => string[];
  readonly inputOf: (base: State, local: JsonValue, change?: Partial<EditInput>) => EditInput;
  readonly submit: (base: State, local: JsonValue, change?: Partial<EditInput>) => Promise<EditResult>;
}

export function bench(script: Parameters<typeof fakePort>[0] = {}, change: PolicyChange = {}, locks?: TabLocks): Bench {
  const clock = fakeClock();
  const port = fakePort(script);
  const policy = policyOf(change);
  const shelf = new ResourceShelf(policy.codec, (error) => {
    throw error;
  });
  const closing = new AbortController();
  const lane = new Lane(URL_A, shelf, { clock, closing: closing.signal, locks });
  const events: EditEvent[] = [];
  let ids = 0;
  const inputOf: Bench['inputOf'] = (base, local, own = {}) => {
    ids += 1;
    return {
      id: `edit${ids}`,
      url: URL_A,
      base: base.value,
      patch: diff(base.value, local),
      local,
      port,
      policy,
      baseVersion: base.version,
      movesBefore: shelf.moves,
      replay: undefined,
      signal: undefined,
      creating: false,
      combinable: true,
      clock,
      emit: (event) => events.push(event),
      ...own,
    };
  };
  return {
    clock,
    port,
    policy,
    shelf,
    lane,
    closing,
    events,
    told: () => events.map(({ type }) => type).filter((type) => type !== 'queued'),
    inputOf,
    submit: (base, local, own) => lane.submit(inputOf(base, local, own)),
  };
}

/** One pass through the loop, as the lane makes it. */
export function runOf({ clock, port, policy, shelf, closing, events }: Bench, signal?: AbortSignal): Run {
  return {
    url: URL_A,
    port,
    policy,
    budget: new Budget(policy.retry, clock, signal ?? new AbortController().signal),
    clock,
    shelf,
    closing: closing.signal,
    tabLock: new TabLock(undefined, URL_A, clock),
    again: () => Promise.reject(new Error('nobody answers here')),
    emit: (event) => events.push(event),
  };
}

export const editOf = (on: Bench, base: State, local: JsonValue, change?: Partial<EditInput>): Edit => {
  const edit = new Edit(on.inputOf(base, local, change), () => {});
  edit.promise.catch(() => {});
  return edit;
};

/** What a promise came to, as a value. */
export const outcomeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
