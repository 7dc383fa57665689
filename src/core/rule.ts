import type { MergeConflict, Resolution } from './conflict.js';

/** A rule made by `list()`, `set()`, `counter()`, `text()`, `atomic()`, `latest()`, `server()`, or a bare named one such as `{ rule: 'merge' }`. */
export interface NamedRule {
  readonly rule: string;
  readonly [option: string]: unknown;
}

/** What to do at a path where local and remote overlap. */
export type MergeRule =
  | 'local'
  | 'remote'
  | 'manual'
  | NamedRule
  | ((conflict: MergeConflict) => Resolution | undefined);
