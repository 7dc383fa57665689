import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../../src/core/assert-json.js';
import { deepEqual } from '../../../src/core/deep-equal.js';
import { diff } from '../../../src/core/diff/diff.js';
import { InvalidJsonError, InvalidOptionsError } from '../../../src/core/errors.js';
import type { JsonValue, Patch } from '../../../src/core/json.js';
import { apply } from '../../../src/core/patch/apply.js';
import type { MergeRule } from '../../../src/core/rules/rule.js';
import { deepDocument, edited, json, random } from '../arbitrary.js';

const set: MergeRule = { rule: 'set' };
const atomic: MergeRule = { rule: 'atomic' };
const by = (key: string | readonly string[]): MergeRule => ({ rule: 'list', key });
const parse = (text: string): JsonValue => JSON.parse(text);

const table: [title: string, before: JsonValue, after: JsonValue, patch: Patch, merge?: Record<string, MergeRule>][] = [
  ['nothing changed', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['members in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['-0 is 0', { a: 0 }, { a: -0 }, []],
  ['a scalar replaced', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ op: 'replace', path: '/b', value: 3 }]],
  [
    'every member of a small object',
    { a: 1, b: 2 },
    { a: 2, b: 3 },
    [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'replace', path: '/b', value: 3 },
    ],
  ],
  ['a member added', {}, { a: { b: [1] } }, [{ op: 'add', path: '/a', value: { b: [1] } }]],
  ['a member removed', { a: 1 }, {}, [{ op: 'remove', path: '/a' }]],
  ['null is not missing', { a: null }, {}, [{ op: 'remove', path: '/a' }]],
  ['null is a value', { a: 1 }, { a: null }, [{ op: 'replace', path: '/a', value: null }]],
  ['the root, from a scalar', 1, 'a', [{ op: 'replace', path: '', value: 'a' }]],
  ['the root, from object to array', {}, [], [{ op: 'replace', path: '', value: [] }]],
  ['a change of kind', { a: { b: 1 } }, { a: [1] }, [{ op: 'replace', path: '/a', value: [1] }]],
  ['an insert at the head', ['a', 'b'], ['x', 'a', 'b'], [{ op: 'add', path: '/0', value: 'x' }]],
  ['an append', ['a'], ['a', 'b'], [{ op: 'add', path: '/1', value: 'b' }]],
  ['a removal from a list', ['a', 'b', 'c'], ['a', 'c'], [{ op: 'remove', path: '/1' }]],
  ['a replaced item', ['a', 'b', 'c'], ['a', 'x', 'c'], [{ op: 'replace', path: '/1', value: 'x' }]],
  ['a moved item', ['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'], [{ op: 'move', from: '/3', path: '/0' }]],
  ['a moved item, the other way', ['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'], [{ op: 'move', from: '/0', path: '/3' }]],
  [
    'an edit inside an item of a list without keys',
    [
      { a: 1, b: 1 },
      { a: 2, b: 2 },
    ],
    [
      { a: 1, b: 1 },
      { a: 2, b: 3 },
    ],
    [{ op: 'replace', path: '/1/b', value: 3 }],
  ],
  [
    'an item moved and edited, by its inferred key',
    [
      { id: 1, v: 1 },
      { id: 2, v: 2 },
      { id: 3, v: 3 },
    ],
    [
      { id: 3, v: 4 },
      { id: 1, v: 1 },
      { id: 2, v: 2 },
    ],
    [
      { op: 'move', from: '/2', path: '/0' },
      { op: 'replace', path: '/0/v', value: 4 },
    ],
  ],
  [
    'insert, removal and edit together, with paths of the moment',
    [{ id: 1 }, { id: 2 }, { id: 3, v: 1 }],
    [{ id: 9 }, { id: 2 }, { id: 3, v: 2 }],
    [
      { op: 'remove', path: '/0' },
      { op: 'add', path: '/0', value: { id: 9 } },
      { op: 'replace', path: '/2/v', value: 2 },
    ],
  ],
  [
    'a declared key',
    {
      lines: [
        { sku: 'a', n: 1 },
        { sku: 'b', n: 1 },
      ],
    },
    {
      lines: [
        { sku: 'b', n: 1 },
        { sku: 'a', n: 2 },
      ],
    },
    [
      { op: 'move', from: '/lines/0', path: '/lines/1' },
      { op: 'replace', path: '/lines/1/n', value: 2 },
    ],
    { '/lines': by('sku') },
  ],
  [
    'an item that is one thing, carried into a sibling list and changed',
    {
      a: [{ id: 1, v: 1, w: 1 }],
      b: [{ id: 2, v: 1, w: 1 }],
    },
    {
      a: [],
      b: [
        { id: 2, v: 1, w: 1 },
        { id: 1, v: 2, w: 1 },
      ],
    },
    [
      { op: 'move', from: '/a/0', path: '/b/1' },
      { op: 'replace', path: '/b/1/v', value: 2 },
    ],
    { '/*/*': atomic },
  ],
  [
    'a declared key of two members, under a pattern',
    {
      x: {
        lines: [
          { a: 1, b: 1, n: 1 },
          { a: 1, b: 2, n: 1 },
        ],
      },
    },
    { x: { lines: [{ a: 1, b: 2, n: 2 }] } },
    [
      { op: 'remove', path: '/x/lines/0' },
      { op: 'replace', path: '/x/lines/0/n', value: 2 },
    ],
    { '/**/lines': by(['a', 'b']) },
  ],
  [
    'a declared key that is not unique: the list is a sequence',
    [
      { k: 1, n: 1 },
      { k: 1, n: 2 },
    ],
    [{ k: 1, n: 2 }],
    [{ op: 'remove', path: '/0' }],
    { '': by('k') },
  ],
  [
    'a set: by value',
    { tags: ['a', 'b', 'c'] },
    { tags: ['a', 'x', 'c'] },
    [
      { op: 'remove', path: '/tags/1' },
      { op: 'add', path: '/tags/1', value: 'x' },
    ],
    { '/tags': set },
  ],
  [
    'an atomic value: as a whole',
    { at: { x: 1, y: 2 } },
    { at: { x: 1, y: 3 } },
    [{ op: 'replace', path: '/at', value: { x: 1, y: 3 } }],
    { '/at': atomic },
  ],
  ['an atomic value that is equal', { at: { x: 1, y: 2 } }, { at: { y: 2, x: 1 } }, [], { '/at': atomic }],
  [
    'an atomic item',
    [{ id: 1, a: { x: 1, y: 1 } }],
    [{ id: 1, a: { x: 2, y: 1 } }],
    [{ op: 'replace', path: '/0/a', value: { x: 2, y: 1 } }],
    { '/*/a': atomic },
  ],
  [
    'a rule about winning hides none about comparing',
    { t: ['a', 'b'] },
    { t: ['a', 'c'] },
    [
      { op: 'remove', path: '/t/1' },
      { op: 'add', path: '/t/1', value: 'c' },
    ],
    { '/*': set, '/t': 'local' },
  ],
  [
    'hostile names',
    parse('{"__proto__":{"a":1},"a/b":1,"~":1}'),
    parse('{"__proto__":{"a":2},"a/b":2,"~":2}'),
    [
      { op: 'replace', path: '/__proto__/a', value: 2 },
      { op: 'replace', path: '/a~1b', value: 2 },
      { op: 'replace', path: '/~0', value: 2 },
    ],
  ],
  [
    'an inherited name added',
    {},
    parse('{"toString":1,"__proto__":2}'),
    [
      { op: 'add', path: '/toString', value: 1 },
      { op: 'add', path: '/__proto__', value: 2 },
    ],
  ],
];
test.each(table)('%s', (_title, before, after, patch, merge) => {
  freezeJson(before);
  freezeJson(after);
  expect(diff(before, after, merge === undefined ? {} : { merge })).toEqual(patch);
  expect(deepEqual(apply(before, patch), after)).toBe(true);
});

describe('laws', () => {
  const lawful = (before: JsonValue, after: JsonValue, merge: Record<string, MergeRule> = {}): void => {
    freezeJson(before);
    freezeJson(after);
    const patch = diff(before, after, { merge });
    expect(deepEqual(apply(before, patch), after), JSON.stringify(patch)).toBe(true);
    expect(patch.length === 0).toBe(deepEqual(before, after));
  };
  test('apply(a, diff(a, b)) = b for edited documents', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => lawful(before, after)),
      { numRuns: 10_000 },
    );
  });
  test('apply(a, diff(a, b)) = b for any two documents', () => {
    fc.assert(
      fc.property(json, json, (before, after) => lawful(before, after)),
      { numRuns: 5_000 },
    );
  });
  test('apply(a, diff(a, b)) = b under every rule', () => {
    const rule = fc.constantFrom<MergeRule[]>(set, atomic, by('id'), by(['id', 'v']), by('a'));
    const pattern = fc.constantFrom('', '/*', '/**', '/a', '/**/b', '/*/*');
    fc.assert(
      fc.property(edited, fc.dictionary(pattern, rule, { maxKeys: 3 }), ([before, after], merge) =>
        lawful(before, after, merge),
      ),
      { numRuns: 10_000 },
    );
  });
  test('no patch is longer than a whole replace by more than its few operations', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 99 }), { maxLength: 200 }),
        fc.array(fc.nat({ max: 99 }), { maxLength: 200 }),
        (before, after) => {
          const whole = JSON.stringify([{ op: 'replace', path: '', value: after }]).length;
          const patch = diff(before, after);
          expect(patch.length <= 32 || JSON.stringify(patch).length <= whole).toBe(true);
          expect(apply(before, patch)).toEqual(after);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('compactness', () => {
  const items = Array.from({ length: 10_000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['x'] }));
  test('a head insert into 10,000 keyed items is one operation', () => {
    expect(diff(items, [{ id: -1, name: 'new', tags: [] }, ...items.map((item) => ({ ...item }))])).toHaveLength(1);
  });
  test('a moved item of 10,000 is one operation', () => {
    const moved = [...items.slice(1, 9_000), { id: 0, name: 'item 0', tags: ['x'] }, ...items.slice(9_000)];
    expect(diff(items, moved)).toEqual([{ op: 'move', from: '/0', path: '/8999' }]);
  });
  test('a head insert into 10,000 objects without keys is one operation', () => {
    const plain = items.map(({ name, tags }) => ({ name, tags }));
    expect(diff(plain, [{ name: 'new', tags: [] }, ...plain.map((item) => ({ ...item }))])).toHaveLength(1);
  });
  test('scattered edits of 10,000 numbers with duplicates stay scattered', () => {
    const next = random(1);
    const numbers = Array.from({ length: 10_000 }, () => Math.floor(next() * 500));
    const after = [...numbers];
    for (let edit = 0; edit < 100; edit++) {
      const at = Math.floor(next() * after.length);
      if (edit % 3 === 0) after.splice(at, 1);
      else if (edit % 3 === 1) after.splice(at, 0, 1000 + edit);
      else after[at] = 2000 + edit;
    }
    const patch = diff(numbers, after);
    expect(patch.length).toBeLessThanOrEqual(100);
    expect(apply(numbers, patch)).toEqual(after);
  });
  test.each([
    ['strings', Array.from({ length: 10_000 }, (_, at) => `item ${at}`)],
    ['keyed items', Array.from({ length: 2_000 }, (_, id) => ({ id }))],
  ])('%s fully shuffled become one replace', (_title, before) => {
    const next = random(2);
    const after = before
      .map((item) => ({ item, order: next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
    expect(diff(before, after)).toEqual([{ op: 'replace', path: '', value: after }]);
  });
});

describe('what JSON cannot carry is refused with its path', () => {
  class Point {
    x = 1;
  }
  const cycle: { [key: string]: unknown } = {};
  cycle.self = { inner: [cycle] };
  const bad: [title: string, value: unknown, path: string][] = [
    ['a Date', new Date(0), ''],
    ['a Map', new Map(), ''],
    ['a class instance', new Point(), ''],
    ['undefined', undefined, ''],
    ['NaN', Number.NaN, ''],
    ['Infinity', Number.POSITIVE_INFINITY, ''],
    ['a BigInt', 1n, ''],
    ['a function', () => 1, ''],
    ['a symbol', Symbol('s'), ''],
    ['a hole', Object.assign(new Array(3), { 0: 1, 2: 2 }), '/1'],
    ['a member far inside', { a: [{ b: undefined }] }, '/a/0/b'],
    ['a cycle', cycle, '/self/inner/0'],
  ];
  const places: [title: string, wrap: (value: unknown) => unknown, prefix: string][] = [
    ['at the root', (value) => value, ''],
    ['as a member', (value) => ({ 'a/b': value }), '/a~1b'],
    ['in a list', (value) => [0, value], '/1'],
    ['in a keyed item', (value) => [{ id: 1, v: value }], '/0/v'],
  ];
  const call = (before: unknown, after: unknown): Patch => diff(before as JsonValue, after as JsonValue);
  for (const [where, wrap, prefix] of places) {
    test.each(bad)(`%s ${where}, new, old and unchanged`, (_title, value, path) => {
      const refused = expect.objectContaining({ code: 'ERR_INVALID_JSON', path: expect.stringContaining(prefix) });
      expect(() => call(wrap(1), wrap(value))).toThrow(expect.objectContaining({ path: prefix + path }));
      expect(() => call(wrap(value), wrap(1))).toThrow(refused);
      const clone = (inner: unknown): unknown =>
        inner instanceof Date
          ? new Date(inner)
          : inner === cycle
            ? structuredClone(cycle)
            : Array.isArray(inner)
              ? inner.slice()
              : inner;
      if (typeof value !== 'object' || value instanceof Date || Array.isArray(value))
        expect(() => call(wrap(value), wrap(clone(value)))).toThrow(InvalidJsonError);
    });
  }
  test('two equal cycles end', () => {
    expect(() => call(cycle, structuredClone(cycle))).toThrow(InvalidJsonError);
    const list: unknown[] = [1];
    list.push([list, 2]);
    expect(() => call(list, structuredClone(list))).toThrow(InvalidJsonError);
    const both: unknown[] = [];
    both.push(both, both);
    expect(() => call(both, structuredClone(both))).toThrow(InvalidJsonError);
    const members: { [key: string]: unknown } = { other: 1 };
    Object.assign(members, { x: members, y: [members, members] });
    expect(() => call(members, structuredClone(members))).toThrow(expect.objectContaining({ path: '/x' }));
    expect(() => call({ a: members }, { a: { x: 1 } })).toThrow(InvalidJsonError);
  });
  test('a set does not hide it', () => {
    expect(() => diff(['a'], ['a', Number.NaN], { merge: { '': set } })).toThrow(InvalidJsonError);
    expect(() => diff([Number.NaN], [Number.NaN], { merge: { '': set } })).toThrow(InvalidJsonError);
  });
});

test('bad patterns and rules are refused before anything is compared', () => {
  expect(() => diff(1, 1, { merge: { tags: set } })).toThrow(InvalidOptionsError);
  expect(() => diff(1, 1, { merge: { '/tags': { rule: 'list' } } })).toThrow(InvalidOptionsError);
});

test('the patch shares nothing with the new value', () => {
  const after = { a: { b: [1] } };
  const patch = diff({}, after);
  after.a.b.push(2);
  expect(patch).toEqual([{ op: 'add', path: '/a', value: { b: [1] } }]);
});

describe.each([
  ['objects and lists', ['object', 'array'] as const],
  ['objects', ['object'] as const],
  ['lists', ['array'] as const],
])('1,000 levels of %s', (_title, kinds) => {
  const before = deepDocument(999, { x: 1, y: 2 }, kinds);
  const after = deepDocument(999, { x: 1, y: 3 }, kinds);
  test('give one operation at the end, and apply', () => {
    const patch = diff(before, after);
    expect(patch).toHaveLength(1);
    expect(patch[0]?.path.endsWith('/y')).toBe(true);
    expect(deepEqual(apply(before, patch), after)).toBe(true);
    expect(diff(before, deepDocument(999, { x: 1, y: 2 }, kinds))).toEqual([]);
  });
  test('are refused where there are more', () => {
    const deeper = deepDocument(1_001, 1, kinds);
    expect(() => diff(1, deeper)).toThrow(/more than 1,000 levels/);
    expect(() => diff(deeper, 1)).toThrow(/more than 1,000 levels/);
  });
});
