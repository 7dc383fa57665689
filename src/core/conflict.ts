import type { JsonValue, Patch, Pointer } from './json.js';

/** What one side has at a place. `null` and "missing" are different things. */
export type Side = { readonly present: true; readonly value: JsonValue } | { readonly present: false };

/** How the two sides disagree. `modify-delete`: local modified, remote deleted; `delete-modify`: the reverse. */
export type ConflictKind =
  | 'value'
  | 'add-add'
  | 'modify-delete'
  | 'delete-modify'
  | 'type-change'
  | 'test-failed'
  | 'move'
  | 'order'
  | 'ambiguous-array';

/** For `text()`: one overlapping piece of text, as each side has it. */
export interface TextHunk {
  readonly base: string;
  readonly local: string;
  readonly remote: string;
}

/** One place that both sides changed differently. */
export interface MergeConflict {
  readonly kind: ConflictKind;
  /** Where it is in the remote document (or would be, if remote removed it). */
  readonly path: Pointer;
  /** Its place in base, or in local for what base lacks. Unique in one result and the same on every refusal: answers are looked up by it. */
  readonly basePath: Pointer;
  /** For `text()`: the overlapping pieces. */
  readonly hunks?: readonly TextHunk[];
  readonly base: Side;
  readonly local: Side;
  readonly remote: Side;
  /** Indices into the local patch. */
  readonly operations: readonly number[];
  /** One sentence for a person. */
  readonly message: string;
}

/** The answer to one merge conflict. */
export type Resolution = 'local' | 'remote' | 'base' | { readonly value: JsonValue } | 'remove';

/** A merge conflict that was settled, and by what. */
export interface ResolvedConflict extends MergeConflict {
  readonly by: 'rule' | 'resolver';
  readonly resolution: Resolution;
}

/** What a rebase comes to. */
export interface RebaseOutput {
  /** What to send: applies to `remote`, gives `value`. Open conflicts keep remote's value. */
  readonly patch: Patch;
  readonly value: JsonValue;
  readonly conflicts: readonly MergeConflict[];
  readonly resolved: readonly ResolvedConflict[];
  /** When `inDoubt`: whether remote shows the edit landed. A patch lands whole, so one telling operation decides for all. */
  readonly landed?: 'yes' | 'no' | 'unknown';
}
