export type {
  JsonObject,
  JsonValue,
  MergeConflict,
  Patch,
  Pointer,
  RebaseOutput,
  Resolution,
  ResolvedConflict,
} from '../core/index.js';
export { apply, diff, InvalidOptionsError, InvalidPatchError, rebase } from '../core/index.js';
export type { ConflictAnswer, ConflictContext, ConflictResolver, DeepReadonly, MergeTable } from '../index.js';
