import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue, PointerPattern } from '../core/json.js';
import { isObject } from '../core/json.js';
import type { PatternTable } from '../core/pattern.js';
import { compilePatterns, matchAt } from '../core/pattern.js';
import { arrayIndex, childOf, getAt, parsePointer } from '../core/pointer.js';

/** What a place is called: its name, or what makes one of the conflict there. */
export type Label = string | ((conflict: MergeConflict) => string);

/** Names for places, by pattern. A place without one is called by its path in words. */
export type Labels = Record<PointerPattern, Label>;

export type Namer = (conflict: MergeConflict, documents: readonly (JsonValue | undefined)[]) => string;

/** @throws InvalidOptionsError for a bad pattern. */
export function namerOf(labels: Labels): Namer {
  const table: PatternTable<Label> = compilePatterns(labels, 'labels');
  return (conflict, documents) => {
    const tokens = parsePointer(conflict.basePath) ?? [];
    const own = matchAt(table, tokens);
    if (own !== undefined) return typeof own === 'string' ? own : own(conflict);
    if (tokens.length === 0) return 'The whole document';
    const known = documents.filter((document) => document !== undefined);
    return tokens.map((token, at) => nameOf(known, tokens.slice(0, at), token)).join(' › ');
  };
}

/** Members of an item that people know it by, in this order. */
const NAMES = ['title', 'name', 'label', 'text'];
const LONGEST = 40;

function nameOf(documents: readonly JsonValue[], above: readonly string[], token: string): string {
  const parents = documents.map((document) => getAt(document, above)).filter((side) => side.present);
  const lists = parents.filter(({ value }) => Array.isArray(value));
  if (lists.length === 0) return inWords(token);
  const items = lists.map(({ value }) => childOf(value, token));
  const item = items.find((found) => found !== undefined);
  const names = isObject(item) ? NAMES.map((name) => childOf(item, name)) : [item];
  const name = names.find((found) => typeof found === 'string' && found.trim() !== '');
  if (typeof name === 'string') return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1).trimEnd()}…`;
  const index = arrayIndex(token);
  return index === undefined ? 'New item' : `Item ${index + 1}`;
}

/** `publishedAt`, `published_at` and `published-at`: Published at. What is no word stays as it is. */
function inWords(token: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(token)) return token;
  const words = token.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  const plain = words
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
