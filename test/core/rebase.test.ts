import { describe, expect, test } from 'vitest';
import type { RebaseCase } from './rebase-cases.js';
import { answerCases } from './rebase-cases-answers.js';
import { keyedCases } from './rebase-cases-keyed.js';
import { listCases } from './rebase-cases-lists.js';
import { moveCases } from './rebase-cases-moves.js';
import { ruleCases } from './rebase-cases-rules.js';
import { asValue, hold, inputOf, swap } from './rebase-cases-run.js';
import { structureCases } from './rebase-cases-structure.js';
import { valueCases } from './rebase-cases-values.js';
import { wholeCases } from './rebase-cases-whole.js';

const cases: readonly RebaseCase[] = [
  ...valueCases,
  ...structureCases,
  ...listCases,
  ...keyedCases,
  ...moveCases,
  ...wholeCases,
  ...ruleCases,
  ...answerCases,
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
  test('is tried for most of the table', () => expect(swapped.length).toBeGreaterThan(cases.length / 2));
  test.each(titled(swapped))('%s', (_title, one) => {
    const { input, expected } = swap(one) ?? {};
    if (input !== undefined && expected !== undefined) hold(input, expected);
  });
});
