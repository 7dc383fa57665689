import type { ConflictKind, JsonObject, JsonValue } from '../../../src/core/index.js';
import { hasOwn, isObject, pointerOf, setOwn } from '../tools.js';
import { isSubsequence } from './order.js';

/**
 * A document with its keyed lists turned into objects by key: what is left of it when order is left out. Three-way merges of images need no
 * index, so a short reference can say what is right.
 */
export function imageOf(document: JsonValue): JsonValue {
  if (Array.isArray(document)) {
    const image: JsonObject = {};
    for (const item of document) setOwn(image, `#${isObject(item) ? item.id : JSON.stringify(item)}`, imageOf(item));
    return image;
  }
  if (!isObject(document)) return document;
  const image: JsonObject = {};
  for (const [name, member] of Object.entries(document)) setOwn(image, name, imageOf(member));
  return image;
}

/** A merge conflict as the reference sees it: its place among the images of base and remote. */
export interface ReferenceConflict {
  readonly kind: ConflictKind;
  readonly path: string;
}

/** What the law says of two images, written down as plainly as it can be. */
export interface Reference {
  readonly value: JsonValue;
  readonly conflicts: readonly ReferenceConflict[];
}

type Maybe = JsonValue | undefined;

/** Merges three images by the table. Open conflicts keep the side `keep`. */
export function referenceMerge(
  base: JsonValue,
  local: JsonValue,
  remote: JsonValue,
  keep: 'local' | 'remote' = 'remote',
): Reference {
  const conflicts: ReferenceConflict[] = [];
  const merge = (b: Maybe, l: Maybe, r: Maybe, path: readonly string[]): Maybe => {
    if (same(l, r) || same(l, b)) return r;
    if (same(r, b)) return l;
    const open = (kind: ConflictKind): Maybe => {
      conflicts.push({ kind, path: pointerOf(path) });
      return keep === 'local' ? l : r;
    };
    if (b === undefined) return open('add-add');
    // Removing a part of what the other side removed is clean. What local removes is removed wherever it went; what it moved is not dropped.
    if (l === undefined) return isPartOf(r, b, false) ? l : open('delete-modify');
    if (r === undefined) return isPartOf(l, b, true) ? r : open('modify-delete');
    if (!isObject(b) || !isObject(l) || !isObject(r))
      return open(isObject(b) || isObject(l) || isObject(r) ? 'type-change' : 'value');
    const merged: JsonObject = {};
    for (const name of new Set([...Object.keys(r), ...Object.keys(l), ...Object.keys(b)])) {
      const member = merge(own(b, name), own(l, name), own(r, name), [...path, name]);
      if (member !== undefined) setOwn(merged, name, member);
    }
    return merged;
  };
  const value = merge(base, local, remote, []);
  return { value: value ?? null, conflicts };
}

function own(object: JsonObject, name: string): Maybe {
  return hasOwn(object, name) ? object[name] : undefined;
}

/** Equal, with members in any order and items in theirs. */
function same(a: Maybe, b: Maybe): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length || !isInOrder(names, Object.keys(b))) return false;
  return names.every((name) => hasOwn(b, name) && same(a[name], b[name]));
}

/** Whether the items among these names come in the same order. An image lists them in the order of its list. */
function isInOrder(part: readonly string[], whole: readonly string[]): boolean {
  const items = part.filter((name) => name.startsWith('#'));
  return isSubsequence(items, whole);
}

/** Whether `rest` is `whole` with parts taken out and nothing else done, or nothing but moves within lists. */
function isPartOf(rest: Maybe, whole: Maybe, inOrder: boolean): boolean {
  if (!isObject(rest) || !isObject(whole)) return rest === whole;
  const names = Object.keys(rest);
  return (
    (!inOrder || isInOrder(names, Object.keys(whole))) &&
    names.every((name) => hasOwn(whole, name) && isPartOf(rest[name], whole[name], inOrder))
  );
}
