import type { EditEvent } from '../../src/contract/events.js';
import type { EditResult } from '../../src/contract/snapshot.js';
import { diff } from '../../src/core/diff/diff.js';
import type { JsonValue } from '../../src/core/json.js';
import { Batch } from '../../src/engine/batch.js';
import * as conflictCode from '../../src/engine/conflict/index.js';
import type { Policy, RetryPolicy } from '../../src/engine/policy.js';
import type { State } from '../../src/engine/port.js';
import { Edit } from '../../src/engine/queue/edit.js';
import type { DeleteRequest, EditInput } from '../../src/engine/queue/edit-input.js';
import { inputOfDelete } from '../../src/engine/queue/edit-input.js';
import { Queue } from '../../src/engine/queue/queue.js';
import type { TabLocks } from '../../src/engine/queue/tab-lock.js';
import { TabLock } from '../../src/engine/queue/tab-lock.js';
import { ResourceState } from '../../src/engine/resource/resource-state.js';
import { etag } from '../../src/protocol/versions/etag.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
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
    origin: 'person',
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
    keyed: false,
    createdMeansRecreated: false,
    ...change,
  };
}

/** One queue over a scripted port and a fake clock. */
export interface Bench {
  readonly clock: FakeClock;
  readonly port: FakePort;
  readonly policy: Policy;
  readonly resource: ResourceState;
  readonly queue: Queue;
  readonly closing: AbortController;
  readonly events: EditEvent[];
  /** The events' types, in order, without `queued`, with which every edit begins. */
  readonly told: () => string[];
  readonly inputOf: (base: State, local: JsonValue) => EditInput & { readonly kind: 'update' };
  readonly submit: (base: State, local: JsonValue, change?: Partial<EditInput>) => Promise<EditResult>;
  readonly delete: (request: DeleteRequest) => Promise<EditResult>;
}

export function bench(script: Parameters<typeof fakePort>[0] = {}, change: PolicyChange = {}, locks?: TabLocks): Bench {
  const clock = fakeClock();
  const port = fakePort(script);
  const policy = policyOf(change);
  const rethrow = (error: unknown): never => {
    throw error;
  };
  const resource = new ResourceState(URL_A, policy.codec, rethrow, clock);
  const closing = new AbortController();
  const queue = new Queue(resource, { clock, closing: closing.signal, locks, conflict: () => conflictCode });
  const events: EditEvent[] = [];
  let ids = 0;
  const inputOf: Bench['inputOf'] = (base, local) => {
    ids += 1;
    return {
      id: `edit${ids}`,
      kind: 'update',
      base: base.value,
      patch: diff(base.value, local),
      local,
      port,
      policy,
      baseVersion: base.version,
      movesBefore: resource.moves,
      replay: undefined,
      signal: undefined,
      combinable: true,
      emit: (event) => events.push(event),
    };
  };
  return {
    clock,
    port,
    policy,
    resource,
    queue,
    closing,
    events,
    told: () => events.map(({ type }) => type).filter((type) => type !== 'queued'),
    inputOf,
    submit: (base, local, own) => queue.enter({ ...inputOf(base, local), ...own }),
    delete: (request) => queue.enter(inputOfDelete(resource, request)),
  };
}

/** A batch of these edits, as the queue makes it. */
export function batchOf(on: Bench, edits: readonly [Edit, ...Edit[]], start: State): Batch {
  const { clock, resource, closing } = on;
  return new Batch(edits, start, {
    resource,
    clock,
    closing: closing.signal,
    tabLock: new TabLock(undefined, URL_A, clock),
    again: () => Promise.reject(new Error('nobody answers here')),
    more: () => [],
    conflict: async () => conflictCode,
  });
}

export function editOf(on: Bench, base: State, local: JsonValue, change?: Partial<EditInput>): Edit {
  const { resource, clock } = on;
  const edit = new Edit(
    { ...on.inputOf(base, local), ...change },
    { resource, clock, onSettled: () => {}, onto: () => undefined },
  );
  edit.promise.catch(() => {});
  return edit;
}

/** What a promise came to, as a value. */
export const outcomeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
