import { describe, expect, test } from 'vitest';
import { diff } from '../../../src/core/diff/diff.js';
import { InvalidJsonError, InvalidOptionsError, InvalidPatchError } from '../../../src/core/errors.js';
import { list, set, text } from '../../../src/core/index.js';
import type { JsonValue, Patch } from '../../../src/core/json.js';
import { rebase } from '../../../src/core/rebase/rebase.js';
import type { MergeRule } from '../../../src/core/rules/rule.js';
import { deepDocument } from '../arbitrary.js';

describe('what rebase is given', () => {
  test('where both a patch and a value are given, the patch counts', () => {
    const patch: Patch = [{ op: 'replace', path: '/a', value: 2 }];
    expect(rebase({ base: { a: 1 }, patch, local: { a: 9 }, remote: { a: 1, b: 1 } }).value).toEqual({ a: 2, b: 1 });
  });

  test('where neither is given, nothing was edited', () => {
    expect(rebase({ base: { a: 1 }, remote: { a: 2 } })).toEqual({
      patch: [],
      value: { a: 2 },
      conflicts: [],
      resolved: [],
    });
  });

  test('null is a value like any other', () => {
    expect(rebase({ base: {}, local: null, remote: {} }).patch).toEqual(diff({}, null));
  });

  test('of an edit given as a value, the operations of a conflict count in diff(base, local)', () => {
    const base = { a: 1, b: 1, c: 1 };
    const local = { a: 2, b: 1, c: 2 };
    const { conflicts } = rebase({ base, local, remote: { a: 1, b: 1, c: 3 } });
    const [at = -1] = conflicts[0]?.operations ?? [];
    expect(diff(base, local)[at]).toEqual({ op: 'replace', path: '/c', value: 2 });
  });

  test.each<[string, Patch]>([
    ['does not apply to base', [{ op: 'remove', path: '/missing' }]],
    ['is malformed', [{ op: 'replace', path: 'a', value: 1 }]],
    ['tests false on base', [{ op: 'test', path: '/a', value: 2 }]],
    ['moves a value into itself', [{ op: 'move', from: '/o', path: '/o/x' }]],
    ['reaches for what is inherited', [{ op: 'replace', path: '/toString/name', value: 1 }]],
  ])('a patch that %s is refused', (_title, patch) => {
    expect(() => rebase({ base: { a: 1, o: {} }, patch, remote: { a: 1, o: {} } })).toThrow(InvalidPatchError);
    expect(() => rebase({ base: { a: 1, o: {} }, patch, remote: { a: 2 } })).toThrow(InvalidPatchError);
  });

  test.each<[string, Record<string, MergeRule>]>([
    ['a pattern that is no pointer', { a: 'local' }],
    ['a rule nobody knows', { '/a': { rule: 'sometimes' } }],
    ['a list rule without a key', { '/a': { rule: 'list' } }],
  ])('%s is refused, whatever is merged', (_title, merge) => {
    expect(() => rebase({ base: {}, patch: [], remote: {}, merge })).toThrow(InvalidOptionsError);
  });

  test('a local value that JSON cannot carry is refused', () => {
    const local: unknown = { a: new Date(0) };
    expect(() => rebase({ base: { a: 1 }, local: local as JsonValue, remote: { a: 1 } })).toThrow(InvalidJsonError);
  });
});

describe('what rebase gives', () => {
  test('is the same every time', () => {
    const call = {
      base: { a: 1, b: 1, l: [1, 2] },
      local: { a: 2, b: 2, l: [1, 2, 3] },
      remote: { a: 3, b: 3, l: [0, 1, 2] },
    };
    expect(rebase(structuredClone(call))).toEqual(rebase(call));
  });

  test('tells a text overlap piece by piece', () => {
    const { conflicts } = rebase({
      base: { s: 'The quick fox jumps over the lazy dog.' },
      local: { s: 'The slow fox jumps over the lazy cat.' },
      remote: { s: 'The quick fox leaps over the lazy cow.' },
      merge: { '/s': text() },
    });
    expect(conflicts.map(({ path, hunks }) => [path, hunks])).toEqual([
      ['/s', [{ base: 'dog', local: 'cat', remote: 'cow' }]],
    ]);
  });

  test('a set gets no value twice, even where local brings one that remote has', () => {
    const { value } = rebase({
      base: { t: ['a'] },
      local: { t: ['b', 'a', 'c'] },
      remote: { t: ['c', 'a', 'd'] },
      merge: { '/t': set() },
    });
    expect(value).toEqual({ t: expect.arrayContaining(['a', 'b', 'c', 'd']) });
    expect(JSON.stringify(value).match(/"c"/g)).toHaveLength(1);
  });

  test('a declared key that has lost its uniqueness loses no item', () => {
    const merge = { '': list({ key: 'port' }) };
    const http = { port: 80, protocol: 'TCP' };
    const base = [http, { port: 443, protocol: 'TCP' }];
    const remote = [http, { port: 443, protocol: 'TCP' }, { port: 443, protocol: 'UDP' }];
    const { value, conflicts } = rebase({
      base,
      patch: [{ op: 'add', path: '/0', value: { port: 22, protocol: 'TCP' } }],
      remote,
      merge,
    });
    expect(value).toEqual([{ port: 22, protocol: 'TCP' }, ...remote]);
    expect(conflicts).toEqual([]);
  });
});

describe.each([
  ['1,000 levels of objects', 998, ['object'] as const],
  ['1,000 levels of objects and lists', 998, ['object', 'array'] as const],
])('%s', (_title, levels, kinds) => {
  const deep = (x: number, y: number): JsonValue => deepDocument(levels, { x, y }, kinds);
  test('do not overflow anything', () => {
    const { value, conflicts } = rebase({
      base: { top: 1, d: deep(1, 1) },
      local: { top: 1, d: deep(2, 1) },
      remote: { top: 2, d: deep(1, 1) },
    });
    expect(conflicts).toEqual([]);
    expect(diff(value, { top: 2, d: deep(2, 1) })).toEqual([]);
  });
  test('are told as a conflict, too', () => {
    expect(rebase({ base: deep(1, 1), local: deep(2, 1), remote: deep(3, 1) }).conflicts).toHaveLength(1);
  });
});

test.each<[string, (deep: JsonValue) => Parameters<typeof rebase>[0]]>([
  ['base', (deep) => ({ base: deep, local: 1, remote: 1 })],
  ['remote', (deep) => ({ base: 1, local: 2, remote: deep })],
  ['local', (deep) => ({ base: 1, local: deep, remote: 1 })],
  ['a value', (deep) => ({ base: {}, patch: [{ op: 'add', path: '/a', value: deep }], remote: {} })],
  [
    'what the patch makes',
    (deep) => ({
      base: { a: Object(deep).a, b: {} },
      patch: [{ op: 'move', from: '/a', path: '/b/c' }],
      remote: { a: 1, b: {} },
    }),
  ],
])('1,001 levels in %s are refused at the door', (_what, input) => {
  expect(() => rebase(input(deepDocument(1_001, 1, ['object'])))).toThrow(/more than 1,000 levels/);
});
