import type { MergeConflict, ResolvedConflict } from '../conflict.js';
import type { JsonValue, Patch } from '../json.js';

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
