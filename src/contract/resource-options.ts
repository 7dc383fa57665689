import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonValue, Patch, PointerPattern } from '../core/json.js';
import type { MergeRule } from '../core/rule.js';
import type { ServerAnswer, Verdict } from '../protocol/answer.js';
import type { VersionScheme } from '../protocol/version-scheme.js';
import type { ConflictResolver } from './resolver.js';

/** What a {@link WriteFormat} is given. `base` is the newest state, `local` the merged one to be written, `patch` leads from the one to the other. */
export interface WriteEdit<T = JsonValue> {
  readonly kind: 'update' | 'create' | 'delete';
  readonly url: string;
  readonly base: T | undefined;
  readonly local: T | undefined;
  readonly patch: Patch;
  readonly version: string | undefined;
}

/** The request a {@link WriteFormat} wants sent. */
export interface WriteRequest {
  readonly method: string;
  /** Default: the resource's own URL. */
  readonly url?: string;
  readonly body?: BodyInit;
  readonly headers?: HeadersInit;
}

/** A way of writing that is an API's own. */
export type WriteFormat<T = JsonValue> = {
  // A method, for the same reason as ConflictResolver.
  write(edit: WriteEdit<T>): WriteRequest;
}['write'];

/** What a lock's `release` hook may look at. `retryAfter` in ms. */
export interface LockContext {
  readonly url: string;
  readonly answer: ServerAnswer;
  readonly retryAfter: number | undefined;
  readonly signal: AbortSignal;
}

/** The conflict loop's own budget, all in ms but `attempts`. */
export interface ConflictRetry {
  /** Writes in all, the first included; one that met a lock, or was refused for an edit that travelled along, is none. Default 20: while the version keeps moving, the deadline governs. */
  readonly attempts?: number;
  /** Shortest backoff. Default 25. */
  readonly minDelay?: number;
  /** Longest backoff: a wait is uniform between minDelay and min(maxDelay, 4 × minDelay × 2^failures). Default 2_000. */
  readonly maxDelay?: number;
  /** Whole edit, waiting and refetching included, hooks excluded. Default 30_000. Infinity is allowed. */
  readonly deadline?: number;
  /** Longest Retry-After obeyed, for reads too. A longer one ends the edit at once. Default 30_000. */
  readonly maxRetryAfter?: number;
  /** How long one call of a hook (a resolver, a lock's `release`) may take. Its signal aborts then, and it counts as having thrown a TimeoutError. Default Infinity: a person may be asked. */
  readonly hookDeadline?: number;
}

/** How a lock is met: wait within the budget, give up at once, or wait with a bound (ms) and a hook that may release it. */
export type LockPolicy =
  | 'wait'
  | 'error'
  | { readonly maxWait?: number; readonly release?: (context: LockContext) => void | Promise<void> };

/** Where the value sits in what the API sends and takes. */
export interface BodyEnvelope<T = JsonValue> {
  /** The inner document; undefined for a body that is none, such as a receipt. */
  read(body: unknown, headers: Headers): T | undefined;
  write(value: T, version: string | undefined): unknown;
}

/** What is known about a resource. Tables (`merge`, `headers`) add up, the later wins per entry; every other option replaces the earlier one. */
export interface ResourceOptions<T = JsonValue> {
  /** Where the version lives on read and how it travels on write. Default: `etag()`. */
  readonly version?: VersionScheme;
  /**
   * How a handle's edits travel. Default `json-patch`; where the server refuses the form (Accept-Patch, 405, 415, 501, or
   * 404 and 400 although GET finds the resource) the next of merge-patch, put is tried once and remembered for the resource.
   */
  readonly write?: 'json-patch' | 'merge-patch' | 'put' | WriteFormat<T>;
  /** Where the value sits in what the API sends and takes. `value` is always the inner document. */
  readonly body?: BodyEnvelope<T>;
  /** Sent with every request for the resource: API versions, partition keys, Accept. */
  readonly headers?: HeadersInit;
  /** Checks what was read and, before it is sent, what was merged (Standard Schema: zod, valibot, arktype …). It checks; its output is not used. */
  readonly schema?: StandardSchemaV1<unknown, T>;
  /** What to do where local and remote overlap, by path. */
  readonly merge?: Record<PointerPattern, MergeRule>;
  /** The hook for what no rule could settle. */
  readonly resolve?: ConflictResolver<T>;
  /** Extra knowledge about this API's answers; returns undefined to leave the verdict to the defaults. */
  readonly classify?: (answer: ServerAnswer) => Verdict | undefined;
  /** The conflict loop's own budget. ky's `retry` stays for the transport of reads. */
  readonly retry?: ConflictRetry;
  /** Waiting for a lock is no attempt. Default `wait`, within the deadline; then LockedError. */
  readonly locked?: LockPolicy;
  /** Deleted under an edit. Default `error`. `discard` resolves with the local value and version undefined. `recreate` creates it again, create-only, without its old token and server-owned fields. */
  readonly gone?: 'error' | 'discard' | 'recreate';
  /** A create that met an existing resource. Default `error`. */
  readonly exists?: 'error' | 'adopt' | 'merge';
  /** Sends an Idempotency-Key (or a header of this name): the same for identical bytes, a new one for a rebased body. Default false. */
  readonly idempotencyKey?: boolean | string;
  /** Paths no edit may touch; an edit that does is refused before anything is sent. */
  readonly readonly?: readonly PointerPattern[];
  /** `true`: a write without a known version is refused instead of sent unguarded. Default true for handles. */
  readonly requireVersion?: boolean;
  /**
   * Where a refusal already carries the latest state (Kinto `details.existing`, Firebase): read from it instead of refetching.
   * Returns undefined where this answer does not. Only for servers known to tell the truth there.
   */
  readonly conflictBody?: (answer: ServerAnswer) => { readonly body: unknown; readonly version: string } | undefined;
  /**
   * True for servers that answer 201 where a stale update recreated a deleted resource (Solid): what was recreated is
   * deleted again and reported as gone. Default false, because others answer every write with 201 (CouchDB, Azure Blob).
   */
  readonly createdMeansRecreated?: boolean;
}
