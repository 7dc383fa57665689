import { deepEqual } from '../deep-equal.js';
import type { JsonContainer, JsonValue } from '../json.js';
import { hasOwn, isContainer, isObject } from '../json.js';
import type { PatternCursor } from '../pattern.js';
import { ending, step } from '../pattern.js';
import { childOf } from '../pointer.js';
import type { AlignRule } from '../rules/merge-rules.js';

/** Names that are taken for an item's identity when none is declared, in this order. */
export const LIKELY_KEYS: readonly string[] = ['id', '_id', '_key', 'key', 'uuid'];

/** The member, or members, that identify an item. */
export type Key = string | readonly string[];

/** An item's identity, for a map, or `undefined` when it has none. A single key as it is: making text of every number would cost more than the look-up. */
export function identityIn(item: JsonValue | undefined, key: Key): string | number | undefined {
  if (!isObject(item)) return undefined;
  if (typeof key === 'string') return scalarIn(item, key);
  let identity = '';
  for (const name of key) {
    const part = scalarIn(item, name);
    if (part === undefined) return undefined;
    // The length in front keeps ["a", "b/c"] and ["a/b", "c"] apart, whatever stands between the parts; the quote 1 and "1".
    const text = typeof part === 'string' ? `"${part}` : `${part}`;
    identity += `${text.length}:${text}`;
  }
  return identity;
}

function scalarIn(item: { readonly [key: string]: JsonValue }, name: string): string | number | undefined {
  const value = hasOwn(item, name) ? item[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Where each item is, by its key; `undefined` when an item lacks the key or shares it. */
export function keyIndex(list: readonly JsonValue[], key: Key): Map<string | number, number> | undefined {
  const index = new Map<string | number, number>();
  for (let at = 0; at < list.length; at++) {
    const identity = identityIn(list[at], key);
    if (identity === undefined) return undefined;
    index.set(identity, at);
    // Asking the size is cheaper than asking the map twice.
    if (index.size <= at) return undefined;
  }
  return index;
}

/** A list in which an item of another list may go on. */
export interface Sibling {
  readonly tokens: readonly string[];
  readonly list: JsonValue[];
  /** Only a member's name tells the two apart, and no rule says that they are of one kind: an item has to be recognised. */
  readonly isStrange: boolean;
}

/** An item that was found by its key. */
export interface Found {
  readonly sibling: Sibling;
  readonly at: number;
}

/** The lists that an item may leave one list for. */
export interface Siblings {
  readonly lists: readonly Sibling[];
  /** All items of this key in them. */
  find(identity: string | number, key: Key): readonly Found[];
}

/**
 * The lists that an item may leave for one another: their pointers differ in exactly one token, or one declared pattern leads to both. The
 * list itself is left out, unless `withOwn`. What is asked for again is not looked for again.
 */
export function siblingsIn(
  document: () => JsonValue,
  rules: PatternCursor<AlignRule>,
  withOwn = false,
): (path: readonly string[]) => Siblings {
  const known = new Map<string, Siblings>();
  return (path) => {
    const name = path.join('/');
    const made = known.get(name) ?? indexed(siblingsOf(document(), path, rules, withOwn));
    known.set(name, made);
    return made;
  };
}

/** Looks for items in lists; what is asked for again is not looked for again. */
export function indexed(lists: readonly Sibling[]): Siblings {
  const byKey = new Map<string, Map<string | number | undefined, Found[]>>();
  return {
    lists,
    find(identity, key) {
      let index = byKey.get(`${key}`);
      if (index === undefined) {
        index = new Map();
        for (const sibling of lists)
          for (const [at, item] of sibling.list.entries()) {
            const name = identityIn(item, key);
            const found = index.get(name);
            if (found === undefined) index.set(name, [{ sibling, at }]);
            else found.push({ sibling, at });
          }
        byKey.set(`${key}`, index);
      }
      return index.get(identity) ?? [];
    },
  };
}

function siblingsOf(
  document: JsonValue,
  path: readonly string[],
  rules: PatternCursor<AlignRule>,
  withOwn: boolean,
): Sibling[] {
  const found = new Map<string, Sibling>();
  let here: JsonValue | undefined = document;
  const declared = ending(path.reduce(step, rules));
  for (let at = 0; at < path.length && isContainer(here); at++) {
    const rest = path.slice(at + 1);
    const container: JsonContainer = here;
    for (const name of Object.keys(container)) {
      if (name === path[at]) continue;
      let list: JsonValue | undefined = childOf(container, name);
      for (const token of rest) list = isContainer(list) ? childOf(list, token) : undefined;
      if (!Array.isArray(list)) continue;
      const tokens = [...path.slice(0, at), name, ...rest];
      const isDeclared = declared !== undefined && ending(tokens.reduce(step, rules)) === declared;
      found.set(tokens.join('/'), { tokens, list, isStrange: !isDeclared && !Array.isArray(container) });
    }
    here = childOf(container, path[at] ?? '');
  }
  if (declared !== undefined) listsAt(document, declared, path, [], found);
  if (withOwn && Array.isArray(here)) found.set('', { tokens: path, list: here, isStrange: false });
  return [...found.values()];
}

/** All lists that a pattern of names and `*` leads to. */
function listsAt(
  value: JsonValue,
  pattern: readonly string[],
  own: readonly string[],
  tokens: readonly string[],
  found: Map<string, Sibling>,
): void {
  const wanted = pattern[tokens.length];
  if (wanted === undefined) {
    const name = tokens.join('/');
    if (Array.isArray(value) && !found.has(name) && name !== own.join('/'))
      found.set(name, { tokens, list: value, isStrange: false });
    return;
  }
  if (!isContainer(value) || wanted === '**') return;
  const names = wanted === '*' ? Object.keys(value) : [wanted.slice(1)];
  for (const name of names) {
    const child = childOf(value, name);
    if (child !== undefined) listsAt(child, pattern, own, [...tokens, name], found);
  }
}

/**
 * What an item was in a sibling of its list before: the only one of its key there, as it is the only one now, and still recognised where only a
 * name tells the lists apart.
 */
export function cameFrom(item: JsonValue, key: Key, before: Siblings, now: Siblings): Found | undefined {
  const identity = identityIn(item, key);
  if (identity === undefined) return undefined;
  const [found, ...others] = before.find(identity, key);
  if (found === undefined || others.length > 0 || now.find(identity, key).length > 1) return undefined;
  const { sibling, at } = found;
  return !sibling.isStrange || isRecognised(sibling.list[at] ?? null, item) ? found : undefined;
}

/** Whether an item is still the same thing in a list of another name: its members but for added ones, and at least half of their values. */
export function isRecognised(before: JsonValue, now: JsonValue): boolean {
  if (!isObject(before) || !isObject(now)) return false;
  const names = Object.keys(before);
  if (!names.every((name) => Object.hasOwn(now, name))) return false;
  return 2 * names.filter((name) => deepEqual(before[name], now[name])).length >= names.length;
}
