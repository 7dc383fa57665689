import { deepEqual } from '../core/deep-equal.js';
import type { JsonObject, JsonValue } from '../core/json.js';

/** Stands in for core's merge patch writer until that lands: top-level members whole. */
export function toMergePatch(before: JsonValue, after: JsonValue): { readonly patch: JsonValue } | undefined {
  if (!isObject(before) || !isObject(after)) return undefined;
  const patch: JsonObject = {};
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch[name] = null;
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (Object.hasOwn(before, name) && old !== undefined && deepEqual(old, value)) continue;
    if (JSON.stringify(value).includes('null') || isObject(value)) return undefined;
    patch[name] = value;
  }
  return { patch };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
