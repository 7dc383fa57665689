import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../src/core/json.js';
import { decideByRule } from '../../../src/core/rules/decide.js';
import { sides } from './sides.js';

type Case = [
  base: JsonValue | undefined,
  local: JsonValue | undefined,
  remote: JsonValue | undefined,
  bounds: object,
  sum: number,
];

const sums: Case[] = [
  [10, 7, 8, {}, 5],
  [0, 1, 1, {}, 2],
  [5, 5, 9, {}, 9],
  [10, 7, 2, { min: 0 }, 0],
  [10, 17, 12, { max: 15 }, 15],
  [10, 11, 12, { min: 0, max: 15 }, 13],
  [0, -1, -1, { min: -5 }, -2],
  [0.1, 0.3, 0.2, {}, 0.4],
  [0.1, 0.2, 0.3, {}, 0.4],
  [19.99, 24.98, 18, {}, 22.99],
  [1e-7, 3e-7, 2e-7, {}, 4e-7],
  [1.5e-10, 0, 3e-10, {}, 1.5e-10],
  [5e-324, 1e-323, 5e-324, {}, 1e-323],
  [1e21, 2e21, 3e21, {}, 4e21],
  [2 ** 53 - 2, 2 ** 53 - 1, 1, {}, 2],
  [0.3, 0.2, 0.1, {}, 0],
  [0, 0.5, 100, {}, 100.5],
];

test.each(sums)('from %j to %j and to %j within %j is %j', (base, local, remote, bounds, sum) => {
  expect(decideByRule({ rule: 'counter', ...bounds }, sides(base, local, remote))).toStrictEqual({
    kind: 'value',
    value: sum,
  });
});

const others: [
  string,
  base: JsonValue | undefined,
  local: JsonValue | undefined,
  remote: JsonValue | undefined,
  object | undefined,
][] = [
  ['a counter that both added is a conflict', undefined, 1, 2, { kind: 'conflict' }],
  ['a sum that JSON cannot carry is a conflict', -1e308, 1e308, 1e308, { kind: 'conflict' }],
  ['a removed counter is none of its business', 1, undefined, 2, undefined],
  ['nor is one that remote removed', 1, 2, undefined, undefined],
  ['nor is text', 1, '2', 3, undefined],
  ['nor is null', 1, 2, null, undefined],
  ['nor is a number that was none before', null, 2, 3, undefined],
  ['nor are two added texts', undefined, 'a', 'b', undefined],
];

test.each(others)('%s', (_, base, local, remote, decision) => {
  expect(decideByRule({ rule: 'counter' }, sides(base, local, remote))).toStrictEqual(decision);
});

test('sums of cents are exact, whatever the order', () => {
  const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  fc.assert(
    fc.property(cents, cents, cents, (base, local, remote) => {
      const sum = (a: number, b: number) => decideByRule({ rule: 'counter' }, sides(base / 100, a / 100, b / 100));
      expect(sum(local, remote)).toEqual({ kind: 'value', value: (remote + local - base) / 100 + 0 });
      expect(sum(remote, local)).toEqual(sum(local, remote));
    }),
    { numRuns: 2_000 },
  );
});
