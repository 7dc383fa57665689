import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonValue, Patch } from '../core/json.js';
import type { ServerAnswer, Verdict } from '../protocol/answer.js';
import type { VersionScheme } from '../protocol/versions/version-scheme.js';
import type { LiveOptions } from './live.js';
import type { DeepReadonly, MergeTable, PatternOf } from './paths.js';
import type { ConflictResolver } from './resolver.js';

/** What a {@link WriteFormat} is given. `base` is the newest state, `local` the merged one to be written, `patch` leads from the one to the other. */
export interface WriteEdit<T = JsonValue> {
  /** What the edit does to the resource. */
  readonly kind: 'update' | 'create' | 'delete';
  /** The resource's own URL. */
  readonly url: string;
  /** The newest state of the resource. Undefined for a create. */
  readonly base: DeepReadonly<T> | undefined;
  /** What is to be written, merged already. Undefined for a delete. */
  readonly local: DeepReadonly<T> | undefined;
  /** Leads from `base` to `local`. */
  readonly patch: Patch;
  /** The version of `base`. Undefined where there is none. */
  readonly version: string | undefined;
}

/** The request a {@link WriteFormat} wants sent. */
export interface WriteRequest {
  /** `PUT`, `PATCH`, `POST` or `DELETE`. */
  readonly method: string;
  /** Default: the resource's own URL. */
  readonly url?: string;
  /** Default: none. */
  readonly body?: BodyInit;
  /** On top of the resource's own. The precondition, too, if the API wants it elsewhere than in `If-Match`. */
  readonly headers?: HeadersInit;
}

/** A way of writing that is an API's own. */
export type WriteFormat<T = JsonValue> = {
  // A method, for the same reason as ConflictResolver.
  write(edit: WriteEdit<T>): WriteRequest;
}['write'];

/** What a lock's `release` hook may look at. */
export interface LockContext {
  /** The resource that is locked. */
  readonly url: string;
  /** What the server said. */
  readonly answer: ServerAnswer;
  /** How long the server asked to wait, in ms. */
  readonly retryAfter: number | undefined;
  /** Aborts when the edit is given up. */
  readonly signal: AbortSignal;
}

/** How long one edit is tried. All in ms, but for `attempts`. */
export interface ConflictRetry {
  /** How many writes are sent, the first included. Writes that met a lock do not count. While the version keeps changing, only a number that you set counts. Default 20. */
  readonly attempts?: number;
  /** The shortest wait after a refusal. Default 25 ms. */
  readonly minDelay?: number;
  /** The longest wait after a refusal. A wait is random, between `minDelay` and min(`maxDelay`, 4 × `minDelay` × 2^failures). Default 2_000 ms. */
  readonly maxDelay?: number;
  /** How long the whole edit may take once it is its turn, with its waits and reads, without its hooks. `Infinity` is allowed. Default 30_000 ms. */
  readonly deadline?: number;
  /** The longest `Retry-After` that is obeyed, for reads too. A longer one ends the edit at once. Default 30_000 ms. */
  readonly maxRetryAfter?: number;
  /** How long one call of a hook (a resolver, a lock's `release`) may take. After that its signal aborts, as if it had thrown a TimeoutError. Default `Infinity`, because a person may be asked. */
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
  /** The body of a PUT for this document. */
  write(value: DeepReadonly<T>, version: string | undefined): unknown;
}

/** What is known about a resource. Tables (`merge`, `headers`) add up, the later wins per entry; every other option replaces the earlier one. */
export interface ResourceOptions<T = JsonValue> {
  /** Where the version is when you read, and how it is sent when you write. Default `etag()`. */
  readonly version?: VersionScheme;
  /**
   * The form in which edits are sent, or a function that makes the request. If the server refuses the form (Accept-Patch, 405, 415, 501, or
   * 404 and 400 although GET finds the resource), `merge-patch` and then `put` are tried once and remembered. Default `json-patch`.
   */
  readonly write?: 'json-patch' | 'merge-patch' | 'put' | WriteFormat<T>;
  /** The media type a merge patch is sent as; many APIs want `application/json`. Default `application/merge-patch+json`. */
  readonly mergePatchType?: string;
  /** Where the document is inside what the API sends and takes. `value` is always the inner document. */
  readonly body?: BodyEnvelope<T>;
  /** Sent with every request for the resource: API versions, partition keys, Accept. */
  readonly headers?: HeadersInit;
  /** Checks what was read, and what was merged before it is sent. Any Standard Schema: zod, valibot, arktype. Its output is not used. */
  readonly schema?: StandardSchemaV1<unknown, T>;
  /** Merge rules by path: what to do if both sides changed the same thing. */
  readonly merge?: MergeTable<T>;
  /** The async function that is asked about what no rule settles. Default none, which ends in ConflictError. */
  readonly resolve?: ConflictResolver<T>;
  /** Says what an answer of this API means. Return undefined to leave it to the library. */
  readonly classify?: (answer: ServerAnswer) => Verdict | undefined;
  /** How long one edit is tried. For a client's own `get`, ky's `retry` counts. */
  readonly retry?: ConflictRetry;
  /** What to do while somebody holds a lock: wait until the deadline, give up at once, wait for `maxWait` ms, or call `release`. Default `wait`. */
  readonly locked?: LockPolicy;
  /** What to do if the resource was deleted during an edit. `discard` resolves with the local value and no version. `recreate` creates it again, if nothing is there by then, without its old version and what `server()` owns. `error` is a GoneError, even with a resolver. Default: the resolver is asked, or `error` if there is none. */
  readonly gone?: 'error' | 'discard' | 'recreate';
  /** What `create` does if the resource is there already: `adopt` takes what is there, `merge` merges both. `error` is an ExistsError, even with a resolver. Default: the resolver is asked, or `error` if there is none. */
  readonly exists?: 'error' | 'adopt' | 'merge';
  /** Sends an Idempotency-Key, or a header of this name: the same key for the same bytes, a new one for a merged body. Default `false`. */
  readonly idempotencyKey?: boolean | string;
  /** Paths that no edit may touch. An edit that does is refused before anything is sent. */
  readonly readonly?: readonly PatternOf<T>[];
  /** With `true`, a write without a known version is refused, not sent unguarded. Default `true` for handles, `false` for plain verbs and `conflictFetch`. */
  readonly requireVersion?: boolean;
  /**
   * Takes the latest state out of a refusal that carries it (Kinto, Firebase), which saves the read. Return undefined if this one does not.
   * Only for servers that are known to tell the truth there.
   */
  readonly conflictBody?: (answer: ServerAnswer) => { readonly body: unknown; readonly version: string } | undefined;
  /**
   * For servers that answer 201 where a stale update made a deleted resource again (Solid): it is deleted again and reported as gone.
   * Others answer every write with 201 (CouchDB, Azure Blob). Default `false`.
   */
  readonly createdMeansRecreated?: boolean;
  /**
   * Who makes the edits: `'person'`, or a name of yours for a program, such as `'agent'`. A program's edit never overwrites what is on the
   * server without asking: the rule `'local'` and `gone: 'recreate'` ask instead. It is never sent in one write with a person's edit.
   * Default `'person'`.
   */
  readonly origin?: string;
  /** What `client.live()` does for the resource, member by member on top of what it was given. `false`: nothing. Default: what `client.live()` was given. */
  readonly live?: LiveOptions | false;
}
