import type { MergeConflict, Resolution } from '../core/conflict.js';
import type { JsonValue, Patch, Pointer } from '../core/json.js';

/** Everything a resolver (or a person behind it) needs to decide. Frozen. */
export interface ConflictContext<T = JsonValue> {
  readonly reason: 'stale' | 'gone' | 'exists';
  readonly url: string;
  /** What the edit was made from. */
  readonly base: T | undefined;
  /** What the edit wanted. */
  readonly local: T;
  /** The latest on the server; undefined when it is gone. */
  readonly remote: T | undefined;
  /** Everything that merged; remote's value wherever a conflict is open. */
  readonly merged: T | undefined;
  readonly conflicts: readonly MergeConflict[];
  /** The local patch, against `base`. */
  readonly patch: Patch;
  /** Writes sent so far. */
  readonly attempt: number;
  /** Aborts when the caller gives up: close the dialog. */
  readonly signal: AbortSignal;
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
  | { readonly value: T }
  | { readonly resolutions: Record<Pointer, Resolution> };

/** The hook for what no rule could settle. May ask a person. One that throws ends in ConflictError, nothing sent. */
export type ConflictResolver<T = JsonValue> = {
  // Written as a method, whose parameters are compared both ways: resolvers for many document types can share a table.
  resolve(context: ConflictContext<T>): ConflictAnswer<T> | Promise<ConflictAnswer<T>>;
}['resolve'];
