import { assertDepth } from '../assert-depth.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonObject, JsonValue } from '../json.js';
import { copyOf, hasOwn, isObject, memberOf, setOwn } from '../json.js';

/**
 * Applies a JSON Merge Patch (RFC 7396, section 2): members are merged, null removes, anything else replaces. The document is not changed.
 *
 * @returns the changed document. Do not write to it: parts of it belong to `document` and to `patch`.
 * @throws InvalidJsonError for a patch of more than 1,000 levels.
 */
export function applyMergePatch(document: JsonValue, patch: JsonValue): JsonValue {
  assertDepth(patch, 'The merge patch');
  return merged(document, patch);
}

function merged(document: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(document) ? copyOf(document) : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete result[key];
    else setOwn(result, key, merged(memberOf(result, key), change));
  }
  return result;
}

/**
 * The JSON Merge Patch (RFC 7396) that leads from one document to another, or `undefined` where there is none: a merge patch cannot set a
 * member to null, and this one is for objects only.
 *
 * @returns the patch in a record. It shares structure with `after`.
 */
export function toMergePatch(before: JsonValue, after: JsonValue): { readonly patch: JsonValue } | undefined {
  const patch = isObject(before) && isObject(after) ? changesIn(before, after) : undefined;
  return patch && { patch };
}

function changesIn(old: JsonObject, fresh: JsonObject): JsonObject | undefined {
  const changes: JsonObject = {};
  for (const key of Object.keys(old)) if (!hasOwn(fresh, key)) setOwn(changes, key, null);
  for (const [key, member] of Object.entries(fresh)) {
    const was = memberOf(old, key);
    if (was === member || (!isObject(member) && deepEqual(was, member))) continue;
    const change = isObject(member) ? changesIn(isObject(was) ? was : {}, member) : member;
    if (change === undefined || change === null) return undefined;
    if (!isObject(was) || !isObject(change) || Object.keys(change).length > 0) setOwn(changes, key, change);
  }
  return changes;
}
