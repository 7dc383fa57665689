import type { BodyEnvelope, ConflictRetry, LockPolicy, WriteFormat } from '../contract/resource-options.js';
import { checkMerge } from '../core/check-merge.js';
import { InvalidOptionsError } from '../core/errors.js';
import { compilePatterns } from '../core/pattern.js';
import type { Policy, RetryPolicy } from '../engine/policy.js';
import { codecOf } from '../protocol/codec-of.js';
import { etag } from '../protocol/etag.js';
import type { WriteFormName } from '../protocol/write-form.js';
import type { AnyResourceOptions } from './client-options.js';

/** How requests for a resource look: the client's half of the options, complete. The engine's half is its policy. */
export interface RequestPolicy {
  readonly write: WriteFormName | WriteFormat<unknown>;
  readonly body: BodyEnvelope<unknown> | undefined;
  readonly headers: Headers;
  /** The header an idempotency key goes into; undefined: none is sent. */
  readonly idempotencyHeader: string | undefined;
  readonly conflictBody: AnyResourceOptions['conflictBody'];
}

export interface ResourcePolicy {
  readonly engine: Policy;
  readonly request: RequestPolicy;
}

const DEFAULT_RETRY: RetryPolicy = {
  attempts: 20,
  minDelay: 25,
  maxDelay: 2_000,
  deadline: 30_000,
  maxRetryAfter: 30_000,
};

/** Options laid over each other: tables add up, the later wins per entry; every other option replaces the earlier one. */
export function layered(layers: readonly AnyResourceOptions[]): AnyResourceOptions {
  const merge = Object.assign({}, ...layers.map((layer) => layer.merge));
  const retry = Object.assign({}, ...layers.map((layer) => layer.retry));
  const headers = new Headers();
  for (const layer of layers) for (const [name, value] of new Headers(layer.headers)) headers.set(name, value);
  return { ...Object.assign({}, ...layers), merge, retry, headers };
}

/**
 * Fills in every default, once, at the door.
 *
 * @param where How the options are reached from what the user wrote, for error messages.
 * @throws InvalidOptionsError for options that cannot work or contradict each other.
 */
export function resourcePolicy(options: AnyResourceOptions, where: string, forHandle: boolean): ResourcePolicy {
  const { merge = {}, version, body, schema, resolve, classify, gone, exists, write = 'json-patch' } = options;
  const codec = codecOf(version ?? etag());
  checkMerge(merge, `${where}.merge`);
  const readonly = options.readonly ?? [];
  compilePatterns(Object.fromEntries(readonly.map((pattern) => [pattern, true])), `${where}.readonly`);
  oneOf(where, 'gone', gone, ['error', 'discard', 'recreate']);
  oneOf(where, 'exists', exists, ['error', 'adopt', 'merge']);
  if (typeof write !== 'function') oneOf(where, 'write', write, ['json-patch', 'merge-patch', 'put']);
  if (resolve !== undefined && typeof resolve !== 'function') bad(where, 'resolve', 'must be a function');
  if (!codec.versioned && options.requireVersion === true) {
    bad(where, 'requireVersion', 'cannot be true with unversioned(), which has no version to require');
  }
  const { idempotencyKey } = options;
  return {
    engine: {
      codec,
      merge,
      resolve,
      schema,
      classify,
      retry: retryPolicy(options.retry ?? {}, where),
      lock: lockPolicy(options.locked ?? 'wait', where),
      gone,
      exists,
      readonly,
      requireVersion: codec.versioned && (options.requireVersion ?? forHandle),
      createdMeansRecreated: options.createdMeansRecreated ?? false,
    },
    request: {
      write,
      body,
      headers: new Headers(options.headers),
      idempotencyHeader: idempotencyKey === true ? 'Idempotency-Key' : idempotencyKey || undefined,
      conflictBody: options.conflictBody,
    },
  };
}

function retryPolicy(given: ConflictRetry, where: string): RetryPolicy {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const retry: RetryPolicy = { ...DEFAULT_RETRY, ...set };
  for (const [name, value] of Object.entries(set)) {
    if (!Object.hasOwn(DEFAULT_RETRY, name)) bad(where, `retry.${name}`, 'is unknown');
    const infinite = name === 'deadline' || name === 'attempts' || name === 'maxRetryAfter';
    const valid = typeof value === 'number' && value >= 0 && (Number.isFinite(value) || (infinite && value > 0));
    if (!valid) bad(where, `retry.${name}`, `must be a number of at least 0, and is ${String(value)}`);
  }
  if (retry.attempts < 1) bad(where, 'retry.attempts', 'must be at least 1: the first write is one');
  if (retry.maxDelay < retry.minDelay) {
    bad(where, 'retry.maxDelay', `(${retry.maxDelay} ms) must not be below retry.minDelay (${retry.minDelay} ms)`);
  }
  return retry;
}

function lockPolicy(locked: LockPolicy, where: string): Policy['lock'] {
  if (locked === 'wait') return { maxWait: Number.POSITIVE_INFINITY, release: undefined };
  if (locked === 'error') return { maxWait: 0, release: undefined };
  if (typeof locked !== 'object' || locked === null)
    bad(where, 'locked', "must be 'wait', 'error' or { maxWait, release }");
  const { maxWait = Number.POSITIVE_INFINITY, release } = locked;
  if (!(maxWait >= 0)) bad(where, 'locked.maxWait', 'must be a number of ms of at least 0');
  return { maxWait, release };
}

function oneOf(where: string, option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  bad(where, option, `must be one of ${allowed.map((name) => `'${name}'`).join(', ')}, and is '${value}'`);
}

function bad(where: string, option: string, what: string): never {
  throw new InvalidOptionsError(`${where}.${option} ${what}.`, { option: `${where}.${option}` });
}
