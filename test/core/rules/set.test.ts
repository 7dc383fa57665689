import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeOf } from '../../../src/core/diff/change.js';
import type { JsonValue } from '../../../src/core/json.js';
import { mergeSet as changeSet } from '../../../src/core/rules/set.js';
import { scalar } from '../arbitrary.js';

const mergeSet = (...lists: Parameters<typeof changeSet>): JsonValue[] => {
  const merged = wholeOf(changeSet(...lists));
  return Array.isArray(merged) ? merged : [];
};

const cases: [base: JsonValue[], local: JsonValue[], remote: JsonValue[], merged: JsonValue[]][] = [
  [[], [], [], []],
  [
    ['a', 'b'],
    ['b', 'c', 'mine'],
    ['b', 'a', 'c'],
    ['b', 'c', 'mine'],
  ],
  [['a'], ['a', 'x'], ['a', 'x'], ['a', 'x']],
  [['a'], [], ['a', 'b'], ['b']],
  [['a'], ['a', 'b'], [], ['b']],
  [
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'b'],
    ['a', 'b'],
  ],
  [[], ['x', 'x'], [], ['x']],
  [[], [1], ['1'], ['1', 1]],
  [[], [null, false, 0, ''], [], [null, false, 0, '']],
  [[0], [0, 1], [-0], [-0, 1]],
  [['a', 'a'], ['a'], ['a', 'a'], ['a', 'a']],
  [['__proto__'], ['constructor'], ['__proto__', 'toString'], ['toString', 'constructor']],
  [[{ a: 1, b: [2] }], [{ c: 3 }], [{ b: [2], a: 1 }, { d: 4 }], [{ d: 4 }, { c: 3 }]],
  [[{ a: 1 }], [], [[['a', 1]], { a: 1 }], [[['a', 1]]]],
  [[{ a: { 'x,y': 1, x: 'y,1' } }], [], [{ a: { x: 'y,1', 'x,y': 1 } }], []],
];

test.each(cases)('%j, %j here and %j there give %j', (base, local, remote, merged) => {
  expect(mergeSet(base, local, remote)).toEqual(merged);
});

test('each value is there exactly if it was added, or was there and not removed', () => {
  const values = fc.uniqueArray(scalar, { comparator: (a, b) => a === b });
  fc.assert(
    fc.property(values, values, values, (base, local, remote) => {
      const before = [base, local, remote].map((list) => list.slice());
      const merged = mergeSet(base, local, remote);
      expect([base, local, remote]).toEqual(before);
      expect(new Set(merged).size).toBe(merged.length);
      const wanted = (value: JsonValue) =>
        base.includes(value)
          ? local.includes(value) && remote.includes(value)
          : local.includes(value) || remote.includes(value);
      expect(new Set(merged)).toEqual(new Set([...base, ...local, ...remote].filter(wanted)));
      expect(merged.filter((value) => remote.includes(value))).toEqual(remote.filter(wanted));
    }),
    { numRuns: 2_000 },
  );
});

test('nothing done here is nothing done', () => {
  const values = fc.array(scalar);
  fc.assert(
    fc.property(values, values, (base, remote) => {
      expect(mergeSet(base, base, remote)).toEqual(remote);
    }),
  );
});
