export { apply } from '../core/apply.js';
export { InvalidOptionsError, InvalidPatchError } from '../core/errors.js';
export type { JsonObject, JsonValue, Patch, Pointer } from '../core/json.js';
