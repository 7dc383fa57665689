import type { Pointer } from '../json.js';
import { checkRule } from './check-merge.js';
import type { MergeRule, NamedRule } from './rule.js';
import type { TextUnit } from './text/tokens.js';

/**
 * A list whose items are known by a key, or by several together, and not by their place: edits follow the item wherever it moved.
 *
 * Where an item lacks the key, or two share it, the list is treated as one without keys.
 *
 * @example
 * ```ts
 * import { list } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: [{ sku: 'a', count: 1 }],
 *   local: [{ sku: 'a', count: 5 }],
 *   remote: [{ sku: 'new', count: 1 }, { sku: 'a', count: 1 }],
 *   merge: { '': list({ key: 'sku' }) },
 * });
 * console.log(value); // [ { sku: 'new', count: 1 }, { sku: 'a', count: 5 } ]
 * ```
 *
 * @param options `key`: the name of the member that identifies an item, or the names that do together.
 * @returns The rule, as frozen data: `{ rule: 'list', key: 'sku' }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a key that is missing or empty.
 */
export function list(options: { key: string | readonly string[] }): MergeRule {
  return makeRule('list', options);
}

/**
 * A list of scalars without order or duplicates: what either side added or removed is added or removed, and nothing conflicts.
 *
 * Remote's order is kept, and local's additions come last. Values that are no scalars are compared as a whole.
 *
 * @example
 * ```ts
 * import { set } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { tags: ['draft', 'http'] },
 *   local: { tags: ['http', 'mine'] },
 *   remote: { tags: ['http', 'draft', 'json'] },
 *   merge: { '/tags': set() },
 * });
 * console.log(value); // { tags: [ 'http', 'json', 'mine' ] }
 * ```
 *
 * @returns The rule, as frozen data: `{ rule: 'set' }`.
 */
export function set(): MergeRule {
  return makeRule('set');
}

/**
 * Numbers of which both sides' differences are added up: 10 − 3 here and 10 − 2 there is 5.
 *
 * The sum has no more decimals than the three numbers have, so 0.1 and 0.2 more is 0.3 more.
 *
 * @example
 * ```ts
 * import { counter } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { stock: 10 },
 *   local: { stock: 7 },
 *   remote: { stock: 8 },
 *   merge: { '/stock': counter({ min: 0 }) },
 * });
 * console.log(value); // { stock: 5 }
 * ```
 *
 * @param options `min` and `max` bound the sum. Default: no bounds.
 * @returns The rule, as frozen data: `{ rule: 'counter', min: 0 }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a bound that is no finite number, and for a `min` above `max`.
 */
export function counter(options?: { min?: number; max?: number }): MergeRule {
  return makeRule('counter', options);
}

/**
 * Strings that are merged as texts: changes of different words, lines or characters are all made. Where both sides changed the same ones,
 * it is a merge conflict with the pieces as `hunks`.
 *
 * Words are letters, digits and underscores; spaces and everything else are tokens by themselves. Characters are what people see as one.
 *
 * @example
 * ```ts
 * import { text } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { body: 'The quick fox jumps over the dog.' },
 *   local: { body: 'The quick brown fox jumps over the dog.' },
 *   remote: { body: 'The quick fox jumps over the lazy dog.' },
 *   merge: { '/body': text() },
 * });
 * console.log(value); // { body: 'The quick brown fox jumps over the lazy dog.' }
 * ```
 *
 * @param options `by`: what counts as one thing. Default: `word`.
 * @returns The rule, as frozen data: `{ rule: 'text', by: 'line' }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for another `by`.
 */
export function text(options?: { by?: TextUnit }): MergeRule {
  return makeRule('text', options);
}

/**
 * The whole value is one thing: any two different changes in it are one merge conflict.
 *
 * @example
 * ```ts
 * import { atomic } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { conflicts } = rebase({
 *   base: { range: { from: 1, to: 5 } },
 *   local: { range: { from: 4, to: 5 } },
 *   remote: { range: { from: 1, to: 2 } },
 *   merge: { '/range': atomic() },
 * });
 * console.log(conflicts[0]?.path); // /range
 * ```
 *
 * @returns The rule, as frozen data: `{ rule: 'atomic' }`.
 */
export function atomic(): MergeRule {
  return makeRule('atomic');
}

/**
 * The larger value wins; with `field`, the value that is larger there. For timestamps and sequence numbers.
 *
 * Numbers are compared as numbers, and so are strings of digits. Two times with a zone (RFC 3339) are compared as instants, to the last
 * digit. Other strings are compared by UTF-16 code units. Equal values, and those of different kinds, are a merge conflict.
 *
 * @example
 * ```ts
 * import { latest } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { seenAt: '2026-01-01T10:00:00Z', cursor: { at: 1, row: 1 } },
 *   local: { seenAt: '2026-01-01T12:00:00Z', cursor: { at: 2, row: 7 } },
 *   remote: { seenAt: '2026-01-01T12:30:00+02:00', cursor: { at: 3, row: 9 } },
 *   merge: { '/seenAt': latest(), '/cursor': latest({ field: '/at' }) },
 * });
 * console.log(value); // { seenAt: '2026-01-01T12:00:00Z', cursor: { at: 3, row: 9 } }
 * ```
 *
 * @param options `field`: JSON Pointer from the value to what is compared. Default: the value itself.
 * @returns The rule, as frozen data: `{ rule: 'latest', field: '/at' }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a field that is no JSON Pointer.
 */
export function latest(options?: { field?: Pointer }): MergeRule {
  return makeRule('latest', options);
}

/**
 * Owned by the server (`updatedAt`, `_ts`): local changes there are never sent, and never a merge conflict.
 *
 * @example
 * ```ts
 * import { server } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { title: 'Draft', updatedAt: '10:00' },
 *   local: { title: 'Mine', updatedAt: '10:05' },
 *   remote: { title: 'Draft', updatedAt: '10:03' },
 *   merge: { '/updatedAt': server() },
 * });
 * console.log(value); // { title: 'Mine', updatedAt: '10:03' }
 * ```
 *
 * @returns The rule, as frozen data: `{ rule: 'server' }`.
 */
export function server(): MergeRule {
  return makeRule('server');
}

/**
 * A rule as plain, frozen data, with the options that were given.
 *
 * @throws InvalidOptionsError for options that cannot work.
 */
function makeRule(rule: string, options: object = {}): NamedRule {
  const made: { rule: string; [option: string]: unknown } = { rule };
  for (const [option, value] of Object.entries(options)) {
    // A list of names is copied: who changes theirs later must not change the rule.
    if (value !== undefined) made[option] = Array.isArray(value) ? Object.freeze([...value]) : value;
  }
  checkRule(made, `${rule}()`);
  return Object.freeze(made);
}
