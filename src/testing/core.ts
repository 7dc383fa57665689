export type { ConflictAnswer, ConflictContext, ConflictResolver } from '../contract/resolver.js';
export { apply } from '../core/apply.js';
export type { MergeConflict, Resolution, ResolvedConflict } from '../core/conflict.js';
export { diff } from '../core/diff.js';
export { InvalidOptionsError, InvalidPatchError } from '../core/errors.js';
export type { JsonObject, JsonValue, Patch, Pointer, PointerPattern } from '../core/json.js';
export { type RebaseOutput, rebase } from '../core/rebase.js';
export type { MergeRule } from '../core/rule.js';
