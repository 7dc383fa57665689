import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import { alignSequences } from '../../src/core/sequence.js';
import { longestIncreasing } from '../../src/core/sequence-increasing.js';
import { touchedRuns } from '../../src/core/sequence-runs.js';
import { alignTokens } from '../../src/core/sequence-tokens.js';

const letters = (text: string): string[] => [...text];
const show = (marks: ArrayLike<number>): string => Array.from(marks).join(' ');

const aligned: [title: string, a: string, b: string, toB: string, weak: string][] = [
  ['equal lists', 'abc', 'abc', '0 1 2', '0 0 0'],
  ['nothing on either side', '', '', '', ''],
  ['all new', '', 'ab', '', ''],
  ['all gone', 'ab', '', '-1 -1', '0 0'],
  ['an insert at the head', 'abc', 'xabc', '1 2 3', '0 0 0'],
  ['an insert in the middle', 'abc', 'abxc', '0 1 3', '0 0 0'],
  ['a removal', 'abc', 'ac', '0 -1 1', '0 0 0'],
  ['a replaced item is paired by place', 'abc', 'axc', '0 1 2', '0 1 0'],
  ['two replaced items too', 'abcd', 'axyd', '0 1 2 3', '0 1 1 0'],
  ['one replaced by two is not paired', 'abc', 'axyc', '0 -1 3', '0 0 0'],
  ['the only item replaced', 'a', 'b', '0', '1'],
  ['a moved item is not paired across', 'abcd', 'dabc', '1 2 3 -1', '0 0 0 0'],
];
test.each(aligned)('aligns %s', (_title, a, b, toB, weak) => {
  const result = alignSequences(letters(a), letters(b));
  expect([show(result.toB), show(result.weak)]).toEqual([toB, weak]);
});

test('moves are paired when asked for, and only where the value stands once', () => {
  expect(show(alignSequences(letters('abcd'), letters('dabc'), { moves: true }).toB)).toBe('1 2 3 0');
  expect(show(alignSequences(letters('abcdd'), letters('ddabc'), { moves: true }).toB)).toBe('2 3 4 -1 -1');
  expect(show(alignSequences(letters('abcxd'), letters('dabcxc'), { moves: true }).toB)).toBe('1 2 3 4 0');
  expect(show(alignSequences(letters('xabcx'), letters('xaxbc'), { moves: true }).toB)).toBe('0 1 3 4 -1');
  expect(show(alignSequences(letters('abcd'), letters('dabx'), { moves: true }).toB)).toBe('1 2 3 0');
});

const runs: [title: string, a: string, b: string, marks: string][] = [
  ['no change', 'aaa', 'aaa', '0 0 0'],
  ['one of three equal values removed', 'aaa', 'aa', '1 1 1'],
  ['an equal value inserted beside one', 'xay', 'xaay', '0 1 0'],
  ['one of three replaced', 'aaa', 'aba', '1 1 1'],
  ['a repeated stretch shortened', 'ababx', 'abx', '1 1 1 1 0'],
  ['a different value removed', 'abc', 'ac', '0 0 0'],
  ['a different value inserted', 'abc', 'axbc', '0 0 0'],
  ['equal values far from the change', 'aabbxcc', 'aabbcc', '0 0 0 0 0 0 0'],
  ['an item whose equal was replaced beside it', 'sabat', 'sayt', '0 1 0 1 0'],
];
test.each(runs)('marks as uncertain after %s', (_title, a, b, marks) => {
  const left = letters(a);
  const right = letters(b);
  expect(show(touchedRuns(left, right, alignSequences(left, right)))).toBe(marks);
});

const item = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom<JsonValue[]>(null, true, 'a', [], {}, [1], { a: 1 }, { b: [{ c: null }] }),
);
const list = fc.array(item, { maxLength: 14 });

function longestCommon(a: readonly JsonValue[], b: readonly JsonValue[]): number {
  const rows: number[][] = [new Array<number>(b.length + 1).fill(0)];
  a.forEach((left, i) => {
    const row = [0];
    b.forEach((right, j) => {
      row.push(deepEqual(left, right) ? (rows[i]?.[j] ?? 0) + 1 : Math.max(rows[i]?.[j + 1] ?? 0, row[j] ?? 0));
    });
    rows.push(row);
  });
  return rows.at(-1)?.at(-1) ?? 0;
}

describe('for any two lists', () => {
  test('strong pairs are equal, in order, mutual, and as many as there can be; weak ones differ', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const { toB, toA, weak } = alignSequences(a, b);
        let last = -1;
        let strong = 0;
        toB.forEach((to, at) => {
          if (to < 0) return;
          expect(to).toBeGreaterThan(last);
          expect(toA[to]).toBe(at);
          expect(deepEqual(a[at] ?? null, b[to] ?? null)).toBe(weak[at] === 0);
          last = to;
          strong += weak[at] === 0 ? 1 : 0;
        });
        expect(toA.filter((at) => at >= 0)).toHaveLength(toB.filter((to) => to >= 0).length);
        expect(strong).toBe(longestCommon(a, b));
      }),
      { numRuns: 10_000 },
    );
  });

  test('longestIncreasing is increasing and longest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 9 }), (numbers) => {
        const marks = longestIncreasing(Int32Array.from(numbers));
        const chosen = numbers.filter((_, at) => marks[at] === 1);
        expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
        let best = 0;
        for (let subset = 0; subset < 1 << numbers.length; subset++) {
          const picked = numbers.filter((number, at) => subset & (1 << at) && number >= 0);
          if (picked.every((number, at) => at === 0 || number > (picked[at - 1] ?? 0)))
            best = Math.max(best, picked.length);
        }
        expect(chosen.filter((number) => number >= 0)).toHaveLength(best);
        expect(chosen).toHaveLength(best);
      }),
      { numRuns: 300 },
    );
  });
});

/** The same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('large lists', () => {
  const shuffled = (length: number): JsonValue[] => {
    const next = random(1);
    return Array.from({ length }, (_, at) => ({ at, order: next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ at }) => `item ${at}`);
  };
  const large: [title: string, a: JsonValue[], b: JsonValue[], least: number][] = [
    ['10,000 strings fully shuffled', Array.from({ length: 10_000 }, (_, at) => `item ${at}`), shuffled(10_000), 100],
    [
      '3,000 equal values, one less',
      new Array<JsonValue>(3_000).fill('x'),
      new Array<JsonValue>(2_999).fill('x'),
      2_999,
    ],
    [
      '5,000 equal numbers between two others',
      [1, ...new Array<JsonValue>(5_000).fill(7)],
      [...new Array<JsonValue>(4_990).fill(7), 2],
      4_990,
    ],
    [
      '5,000 zeros and ones by chance',
      Array.from(
        { length: 5_000 },
        (
          (next) => () =>
            next() < 0.5 ? 0 : 1
        )(random(2)),
      ),
      Array.from(
        { length: 5_000 },
        (
          (next) => () =>
            next() < 0.5 ? 0 : 1
        )(random(3)),
      ),
      0,
    ],
    [
      '2,000 equal objects, one less',
      Array.from({ length: 2_000 }, () => ({ a: [1] })),
      Array.from({ length: 1_999 }, () => ({ a: [1] })),
      1_999,
    ],
    [
      '2,000 objects that differ only where the hash does not look',
      Array.from({ length: 2_000 }, (_, at) => ({ a: 'x'.repeat(40) + at + 'x'.repeat(40) })),
      Array.from({ length: 2_000 }, (_, at) => ({ a: 'x'.repeat(40) + (1999 - at) + 'x'.repeat(40) })),
      0,
    ],
    [
      'nothing in common',
      Array.from({ length: 10_000 }, (_, at) => at),
      Array.from({ length: 10_000 }, (_, at) => -1 - at),
      0,
    ],
  ];
  test.each(large)('%s are aligned', (_title, a, b, least) => {
    const result = alignSequences(a, b, { moves: false });
    const strong = result.toB.filter((to, at) => to >= 0 && result.weak[at] === 0).length;
    expect(strong).toBeGreaterThanOrEqual(least);
    expect(touchedRuns(a, b, result)).toHaveLength(a.length);
  });

  test('one unique token far from home does not spoil the rest', () => {
    const next = random(4);
    const a = Int32Array.from({ length: 4_000 }, () => Math.floor(next() * 3));
    const b = Int32Array.from([9, ...a]);
    expect(alignTokens(Int32Array.from([...a, 9]), b).filter((to) => to >= 0)).toHaveLength(4_000);
  });
});
