export type {
  ConflictKind,
  MergeConflict,
  RebaseOutput,
  Resolution,
  ResolvedConflict,
  Side,
  TextHunk,
} from './conflict.js';
export type { DiffOptions } from './diff/diff.js';
export { diff } from './diff/diff.js';
export type { ErrorFacts } from './errors.js';
export { InvalidJsonError, InvalidOptionsError, InvalidPatchError, UnconflictError } from './errors.js';
export type { JsonObject, JsonValue, Patch, Pointer, PointerPattern, ReadonlyJson } from './json.js';
export { apply } from './patch/apply.js';
export { compose } from './patch/compose.js';
export { invert } from './patch/invert.js';
export type { RebaseInput } from './rebase/rebase.js';
export { rebase } from './rebase/rebase.js';
export { atomic, counter, latest, list, server, set, text } from './rules/makers.js';
export type { MergeRule, NamedRule } from './rules/rule.js';
