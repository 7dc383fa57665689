import { deepEqual } from '../deep-equal.js';
import type { JsonObject, JsonValue } from '../json.js';
import { hasOwn, isObject, setOwn } from '../json.js';

/**
 * Applies a JSON Merge Patch (RFC 7396, section 2): members are merged, null removes, anything else replaces. The document is not changed.
 *
 * @returns the changed document. Do not write to it: parts of it belong to `document` and to `patch`.
 */
export function applyMergePatch(document: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(document) ? { ...document } : {};
  const pending: [JsonObject, JsonObject][] = [[result, patch]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [target, changes] = next;
    for (const [key, change] of Object.entries(changes)) {
      if (change === null) {
        delete target[key];
      } else if (isObject(change)) {
        const old = hasOwn(target, key) ? target[key] : undefined;
        const inner: JsonObject = isObject(old) ? { ...old } : {};
        setOwn(target, key, inner);
        pending.push([inner, change]);
      } else {
        setOwn(target, key, change);
      }
    }
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
  if (!isObject(before) || !isObject(after)) return undefined;
  const patch: JsonObject = {};
  const pending: [JsonObject, JsonObject, JsonObject][] = [[before, after, patch]];
  const merged: [JsonObject, string, JsonObject][] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [old, fresh, changes] = next;
    for (const key of Object.keys(old)) if (!hasOwn(fresh, key)) setOwn(changes, key, null);
    for (const [key, member] of Object.entries(fresh)) {
      const was = hasOwn(old, key) ? old[key] : undefined;
      if (was === member || (!isObject(member) && deepEqual(was, member))) continue;
      if (member === null) return undefined;
      if (!isObject(member)) {
        setOwn(changes, key, member);
        continue;
      }
      const inner: JsonObject = {};
      setOwn(changes, key, inner);
      pending.push([isObject(was) ? was : {}, member, inner]);
      if (isObject(was)) merged.push([changes, key, inner]);
    }
  }
  // Only now it is known where nothing changed; the innermost were found last.
  for (const [changes, key, inner] of merged.reverse()) if (Object.keys(inner).length === 0) delete changes[key];
  return { patch };
}
