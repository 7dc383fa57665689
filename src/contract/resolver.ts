import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { MergeConflict, RebaseOutput, Resolution } from '../core/conflict.js';
import type { JsonValue, Patch, Pointer } from '../core/json.js';
import type { DeepReadonly } from './paths.js';
import type { EditResult } from './snapshot.js';

/** What a set of answers would come to. Nothing is sent. */
export interface MergePreview<T = JsonValue> extends Pick<RebaseOutput, 'patch' | 'conflicts' | 'resolved'> {
  /** Remote's value wherever a conflict is open; undefined where the resource is gone and stays so. */
  readonly value: DeepReadonly<T> | undefined;
}

/** The edit behind a question, for whoever does more than answer once: a dialog that stays open, a session. */
export interface StoppedEdit<T = JsonValue> {
  /** The `editId` of its events. */
  readonly id: string;
  /** The version that `base` is the value of, where one is known. */
  readonly version: string | undefined;
  /** The patch was found by comparing `base` and `local`; the caller did not write it. */
  readonly derived: boolean;
  /** The resource's schema, to check an answer with before it is given. */
  readonly schema: StandardSchemaV1<unknown, T> | undefined;
  /** The merge under these answers, with those given earlier that still hold. */
  preview(resolutions: Record<Pointer, Resolution>): MergePreview<T>;
  /**
   * The question as it is now: with what was edited since on top, and with what others have saved, for which the server is asked. The
   * answer then counts for the newest question. The same object where nothing changed. Rejects with what the read met.
   */
  latest(): Promise<ConflictContext<T>>;
  /** Calls back with the question whenever somebody edits on while it is open. What it returns ends that. */
  watch?(listener: (context: ConflictContext<T>) => void): () => void;
  /** What becomes of the edit. It waits for the answer, so it must not be awaited before answering. */
  readonly outcome: Promise<EditResult<T>>;
}

/** Everything a resolver (or a person behind it) needs to decide. Frozen. */
export interface ConflictContext<T = JsonValue> {
  /** `stale`: both sides changed the same. `gone`: others deleted the resource. `exists`: what was to be created is there already. */
  readonly reason: 'stale' | 'gone' | 'exists';
  /** The resource that is being edited. */
  readonly url: string;
  /** Who made the edit: the option `origin`. Left out only in a context made by hand. */
  readonly origin?: string;
  /** What the edit was made from. */
  readonly base: DeepReadonly<T> | undefined;
  /** What the edit wanted. */
  readonly local: DeepReadonly<T>;
  /** The latest on the server; undefined when it is gone. */
  readonly remote: DeepReadonly<T> | undefined;
  /** Everything that merged; remote's value wherever a conflict is open. */
  readonly merged: DeepReadonly<T> | undefined;
  /** The places that both sides changed, each with the value of either side. */
  readonly conflicts: readonly MergeConflict[];
  /** The local patch, against `base`. */
  readonly patch: Patch;
  /** Writes sent so far. */
  readonly attempt: number;
  /** Aborts when the caller gives up: close the dialog. */
  readonly signal: AbortSignal;
  /** Left out only in a context made by hand. */
  readonly edit?: StoppedEdit<T>;
}

/**
 * What a resolver may answer.
 *
 * `undefined` or `'abort'` rejects with ConflictError. `'discard'` keeps remote and resolves.
 * For `gone`: `'local'` and `{ value }` recreate, `'remote'` and `'discard'` accept the deletion.
 * For `exists`: `'remote'` adopts, `'local'` and `{ value }` write over it, guarded by its version.
 */
export type ConflictAnswer<T = JsonValue> =
  | 'local'
  | 'remote'
  | 'discard'
  | 'abort'
  | undefined
  | { readonly value: NoInfer<DeepReadonly<T>> }
  | { readonly resolutions: Record<Pointer, Resolution> };

type Answered<T> = ConflictAnswer<T> | Promise<ConflictAnswer<T>>;

/**
 * The hook for what no rule could settle: `(context) => answer`, or a promise of one. May ask a person. One that throws ends in
 * ConflictError, nothing sent.
 */
export type ConflictResolver<T = JsonValue> =
  // Written as methods, whose parameters are compared both ways: resolvers for many document types can share a table.
  // The first is what a resolver is. Two signatures that say the same keep TypeScript from taking it for the context in which a function
  // is read; that is what the second, which nothing can be, is for: in it both a plain answer and a promised one is known for what it is.
  // Otherwise `async () => 'local'` would be a promise of any string.
  | {
      resolve(context: ConflictContext<T>): Answered<T>;
      resolve<Answer extends Answered<T>>(context: ConflictContext<T>): Answer | Answered<T>;
    }['resolve']
  | {
      resolve(context: ConflictContext<T>): Exclude<ConflictAnswer<T>, undefined> & Promise<ConflictAnswer<T>>;
    }['resolve'];
