import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConflictResolver } from '../contract/resolver.js';
import type { LockContext } from '../contract/resource-options.js';
import type { PointerPattern } from '../core/json.js';
import type { MergeRule } from '../core/rules/rule.js';
import type { ServerAnswer, Verdict } from '../protocol/answer.js';
import type { VersionCodec } from '../protocol/versions/version-scheme.js';

/** The loop's budget, complete. All in ms but the two counts of attempts. */
export interface RetryPolicy {
  /** Writes in all but those after which the version had moved: others are at work then, and the deadline governs. */
  readonly attempts: number;
  /** Writes in all. */
  readonly attemptsWhileMoving: number;
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly deadline: number;
  readonly maxRetryAfter: number;
  /** For each call of a hook: a resolver, a lock's `release`. */
  readonly hookDeadline: number;
}

/** How the engine treats one resource: options completed at the door. What only one step asks about (`gone`, `exists`) is undefined where nobody said it. */
export interface Policy {
  readonly codec: VersionCodec;
  readonly merge: Record<PointerPattern, MergeRule>;
  /** Who makes the edits. */
  readonly origin: string;
  readonly resolve: ConflictResolver<unknown> | undefined;
  readonly schema: StandardSchemaV1 | undefined;
  readonly classify: ((answer: ServerAnswer) => Verdict | undefined) | undefined;
  readonly retry: RetryPolicy;
  readonly lock: {
    /** ms; 0: give up at once. */
    readonly maxWait: number;
    readonly release: ((context: LockContext) => void | Promise<void>) | undefined;
  };
  /** Undefined: ask the resolver if there is one, else `error`. */
  readonly gone: 'error' | 'discard' | 'recreate' | undefined;
  /** Undefined: ask the resolver if there is one, else `error`. */
  readonly exists: 'error' | 'adopt' | 'merge' | undefined;
  readonly readonly: readonly PointerPattern[];
  readonly requireVersion: boolean;
  /** Writes carry a key: sent again, they are answered as they were before. */
  readonly keyed: boolean;
  /** A 201 to an update means that the server has recreated a deleted resource (Solid). Undefined: it is found out where it happens. */
  readonly createdMeansRecreated: boolean | undefined;
}
