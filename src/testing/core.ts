export type {
  JsonObject,
  JsonValue,
  MergeConflict,
  MergeRule,
  Patch,
  Pointer,
  PointerPattern,
  RebaseOutput,
  Resolution,
  ResolvedConflict,
} from '../core/index.js';
export { apply, diff, InvalidOptionsError, InvalidPatchError, rebase } from '../core/index.js';
export type { ConflictAnswer, ConflictContext, ConflictResolver } from '../index.js';
