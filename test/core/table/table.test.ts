import { describe, expect, test } from 'vitest';
import { answerCases } from './answers.js';
import type { RebaseCase } from './case.js';
import { doubtCases } from './doubt.js';
import { keyedCases } from './keyed.js';
import { listCases } from './lists.js';
import { moveCases } from './moves.js';
import { onceCases } from './once.js';
import { orderCases } from './order.js';
import { rowCases } from './rows.js';
import { ruleCases } from './rules.js';
import { asValue, hold, inputOf, swap } from './run.js';
import { siblingCases } from './siblings.js';
import { structureCases } from './structure.js';
import { valueCases } from './values.js';
import type { Variant } from './variants.js';
import { asMember, declared, declaredOther, inferredOther, inItem, inOtherOrder } from './variants.js';
import { wholeCases } from './whole.js';

const cases: readonly RebaseCase[] = [
  ...valueCases,
  ...structureCases,
  ...listCases,
  ...keyedCases,
  ...moveCases,
  ...wholeCases,
  ...ruleCases,
  ...answerCases,
  ...doubtCases,
  ...orderCases,
  ...siblingCases,
  ...rowCases,
  ...onceCases,
];
const titled = (list: readonly RebaseCase[]): [string, RebaseCase][] =>
  list.map((one) => [`row ${one.row}: ${one.name}`, one]);

test('every row of the table has cases', () => {
  const rows = new Set(cases.map(({ row }) => row));
  expect(Array.from({ length: 30 }, (_, at) => at + 1).filter((row) => !rows.has(row))).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(150);
});

describe('the table', () => {
  test.each(titled(cases))('%s', (_title, one) => hold(inputOf(one), one));
});

describe('the edit given as the value it led to', () => {
  const valued = cases.filter((one) => asValue(one) !== undefined);
  test('is tried for most of the table', () => expect(valued.length).toBeGreaterThan(cases.length / 2));
  test.each(titled(valued))('%s', (_title, one) => {
    const input = asValue(one);
    // What the operations are called and counted is for diff to say.
    const { emits: _emits, conflicts = [], ...expected } = one;
    if (input !== undefined)
      hold(input, { ...expected, conflicts: conflicts.map((line) => line.replace(/ ops .*/, '')) });
  });
});

describe('the other way round', () => {
  const swapped = cases.filter((one) => swap(one) !== undefined);
  test('is tried for most of the table', () => expect(swapped.length).toBeGreaterThan(cases.length / 4));
  test.each(titled(swapped))('%s', (_title, one) => {
    const { input, expected } = swap(one) ?? {};
    if (input !== undefined && expected !== undefined) hold(input, expected);
  });
});

describe.each<[string, Variant]>([
  ['as a member', asMember],
  ['in an item that moved down', inItem],
  ['remote with members in another order', inOtherOrder],
  ['the keys declared', declared],
  ['the keys declared, of another name', declaredOther],
  ['the keys inferred, of another name', inferredOther],
])('the same, %s', (_name, variant) => {
  const told = cases.flatMap((one) => variant(one) ?? []);
  test('is tried for much of the table', () => expect(told.length).toBeGreaterThan(cases.length / 5));
  test.each(titled(told))('%s', (_title, one) => hold(inputOf(one), one));
});
