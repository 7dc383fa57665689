import type { BodyEnvelope, ConflictRetry, LockPolicy, WriteFormat } from '../../contract/resource-options.js';
import type { MergeRule } from '../../core/rules/rule.js';
import type { Policy, RetryPolicy } from '../../engine/policy.js';
import type { PortWrite } from '../../engine/port.js';
import type { WriteFormName } from '../../protocol/body/write-form.js';
import { etagCodec } from '../../protocol/versions/etag-codec.js';
import { codecOf } from '../../protocol/versions/version-scheme.js';
import type { PlainHeaders } from '../resource/identity-key.js';
import { badOption, said } from './check.js';
import type { AnyResourceOptions } from './client-options.js';

/** How requests for a resource look: the client's half of the options, complete. The engine's half is its policy. */
export interface RequestPolicy {
  readonly write: WriteFormName | WriteFormat<unknown>;
  readonly body: BodyEnvelope<unknown> | undefined;
  /** By their names in small letters. Plain, because going through a Headers object takes time on every request. */
  readonly headers: PlainHeaders;
  /** The header an idempotency key goes into; undefined: none is sent. */
  readonly idempotencyHeader: string | undefined;
  /** The caller's own key, for the bytes that it is of. */
  readonly ownKey: ((write: PortWrite, key: string) => string | undefined) | undefined;
  /** Media types that patches go out as, where they have none of their own. */
  readonly patchTypes: Partial<Record<WriteFormName, string>>;
  /** A caller's own text, for the write that says what the caller wrote. */
  readonly ownText: ((write: PortWrite) => string | undefined) | undefined;
  readonly conflictBody: AnyResourceOptions['conflictBody'];
  readonly classify: AnyResourceOptions['classify'];
}

export interface ResourcePolicy {
  readonly engine: Policy;
  readonly request: RequestPolicy;
  readonly live: AnyResourceOptions['live'];
}

/**
 * Fills in every default, once, at the door, where each option has been checked.
 *
 * @param where How the options are reached from what the user wrote, for error messages.
 * @throws InvalidOptionsError for options that contradict each other.
 */
export function resourcePolicy(options: AnyResourceOptions, where: string, forHandle: boolean): ResourcePolicy {
  const { merge = {}, version, body, schema, resolve, classify, gone, exists, write = 'json-patch' } = options;
  const scheme = version === undefined ? etagCodec() : codecOf(version);
  const codec = forHandle ? scheme : (scheme.forPlain ?? scheme);
  if (!codec.versioned && options.requireVersion === true) {
    badOption(where, 'requireVersion', 'cannot be true with unversioned(), which has no version to require');
  }
  const { idempotencyKey, live, origin = 'person' } = options;
  const isPerson = origin === 'person';
  return {
    live,
    engine: {
      codec,
      merge: isPerson ? merge : asking(merge),
      origin,
      resolve,
      schema,
      classify,
      retry: retryPolicy(options.retry ?? {}, where),
      lock: lockPolicy(options.locked),
      gone: isPerson || gone !== 'recreate' ? gone : undefined,
      exists,
      readonly: options.readonly ?? [],
      keyed: idempotencyKey !== undefined && idempotencyKey !== false,
      requireVersion: codec.versioned && (options.requireVersion ?? forHandle),
      createdMeansRecreated: options.createdMeansRecreated,
    },
    request: {
      write,
      body,
      headers: Object.fromEntries(new Headers(options.headers)),
      idempotencyHeader: idempotencyKey === true ? 'Idempotency-Key' : idempotencyKey || undefined,
      ownKey: undefined,
      patchTypes: options.mergePatchType === undefined ? {} : { 'merge-patch': options.mergePatchType },
      ownText: undefined,
      conflictBody: options.conflictBody,
      classify,
    },
  };
}

/** A program's side wins nowhere unasked: where a rule would let it, somebody is asked. */
function asking(merge: Policy['merge']): Policy['merge'] {
  const rules = Object.entries(merge).map(([pattern, rule]): [string, MergeRule] => {
    if (rule === 'local') return [pattern, 'manual'];
    if (typeof rule !== 'function') return [pattern, rule];
    return [
      pattern,
      (conflict) => {
        const answer = rule(conflict);
        return answer === 'local' ? undefined : answer;
      },
    ];
  });
  return Object.fromEntries(rules);
}

const DEFAULT_RETRY = {
  attempts: 20,
  minDelay: 25,
  maxDelay: 2_000,
  deadline: 30_000,
  maxRetryAfter: 30_000,
  hookDeadline: Number.POSITIVE_INFINITY,
};

/** The loop's budget. @throws InvalidOptionsError for a contradiction of the caller's; a default gives way. */
function retryPolicy(given: ConflictRetry, where: string): RetryPolicy {
  // A limit of the caller's own holds in any case.
  const attemptsWhileMoving = given.attempts ?? Number.POSITIVE_INFINITY;
  const retry: RetryPolicy = { ...DEFAULT_RETRY, ...said(given), attemptsWhileMoving };
  const { minDelay, maxDelay } = retry;
  if (maxDelay >= minDelay) return retry;
  if (given.minDelay === undefined) return { ...retry, minDelay: maxDelay };
  if (given.maxDelay === undefined) return { ...retry, maxDelay: minDelay };
  return badOption(where, 'retry.maxDelay', `(${maxDelay} ms) must not be below retry.minDelay (${minDelay} ms)`);
}

function lockPolicy(locked: LockPolicy = 'wait'): Policy['lock'] {
  const { maxWait = Number.POSITIVE_INFINITY, release } =
    locked === 'wait' ? {} : locked === 'error' ? { maxWait: 0 } : locked;
  return { maxWait, release };
}
