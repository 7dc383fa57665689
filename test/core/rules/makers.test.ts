import { expect, test } from 'vitest';
import { InvalidOptionsError } from '../../../src/core/errors.js';
import { checkMerge } from '../../../src/core/rules/check-merge.js';
import { atomic, counter, latest, list, server, set, text } from '../../../src/core/rules/makers.js';
import type { MergeRule } from '../../../src/core/rules/rule.js';

const made: [MergeRule, object][] = [
  [list({ key: 'id' }), { rule: 'list', key: 'id' }],
  [list({ key: ['a', 'b'] }), { rule: 'list', key: ['a', 'b'] }],
  [set(), { rule: 'set' }],
  [counter(), { rule: 'counter' }],
  [counter({}), { rule: 'counter' }],
  [counter({ min: 0 }), { rule: 'counter', min: 0 }],
  [counter({ min: -1.5, max: -1.5 }), { rule: 'counter', min: -1.5, max: -1.5 }],
  [text(), { rule: 'text' }],
  [text({ by: 'character' }), { rule: 'text', by: 'character' }],
  [atomic(), { rule: 'atomic' }],
  [latest(), { rule: 'latest' }],
  [latest({ field: '/meta/at' }), { rule: 'latest', field: '/meta/at' }],
  [server(), { rule: 'server' }],
];

test.each(made)('%j is frozen plain data that a table takes', (rule, data) => {
  expect(rule).toStrictEqual(data);
  expect(Object.isFrozen(rule)).toBe(true);
  expect(() => checkMerge({ '/a': rule, '/b': JSON.parse(JSON.stringify(rule)) }, 'merge')).not.toThrow();
});

test('a composite key is copied: changing the list later does not change the rule', () => {
  const key = ['a', 'b'];
  const rule = list({ key });
  key.push('c');
  expect(rule).toStrictEqual({ rule: 'list', key: ['a', 'b'] });
});

const refused: [name: string, make: () => MergeRule, option: string][] = [
  ['an empty key', () => list({ key: '' }), 'list().key'],
  ['a key of no names', () => list({ key: [] }), 'list().key'],
  ['a key with an empty name', () => list({ key: ['id', ''] }), 'list().key'],
  ['no key', () => Reflect.apply(list, undefined, []), 'list().key'],
  ['a name instead of options', () => Reflect.apply(list, undefined, ['id']), 'list().key'],
  ['a bound that is NaN', () => counter({ min: Number.NaN }), 'counter().min'],
  ['an infinite bound', () => counter({ max: Number.POSITIVE_INFINITY }), 'counter().max'],
  ['min above max', () => counter({ min: 2, max: 1 }), 'counter().max'],
  ['an unknown unit', () => Reflect.apply(text, undefined, [{ by: 'page' }]), 'text().by'],
  ['an unknown option', () => Reflect.apply(text, undefined, [{ per: 'word' }]), 'text().per'],
  ['a field without a slash', () => latest({ field: 'at' }), 'latest().field'],
  ['a field with a bare tilde', () => latest({ field: '/a~' }), 'latest().field'],
];

test.each(refused)('%s is refused, by name', (_, make, option) => {
  expect(make).toThrow(InvalidOptionsError);
  expect(make).toThrow(expect.objectContaining({ option, code: 'ERR_INVALID_OPTIONS' }));
  expect(make).toThrow(option);
});
