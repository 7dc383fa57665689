import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideByRule } from '../../../src/core/rules/decide.js';
import { mergeText } from '../../../src/core/rules/text/merge.js';
import type { TextUnit } from '../../../src/core/rules/text/tokens.js';
import { splitText } from '../../../src/core/rules/text/tokens.js';
import { random } from '../arbitrary.js';
import { sides } from './sides.js';

const UNITS: readonly TextUnit[] = ['word', 'line', 'character'];
const value = (text: string) => ({ kind: 'value', value: text });

const merges: [by: TextUnit, base: string, local: string, remote: string, merged: string][] = [
  [
    'word',
    'The quick fox jumps.',
    'The quick brown fox jumps.',
    'The quick fox jumps high.',
    'The quick brown fox jumps high.',
  ],
  ['word', 'The quick fox jumps.', 'The slow fox jumps.', 'The quick fox sleeps.', 'The slow fox sleeps.'],
  ['word', 'one two three four', 'one four', 'one two three four five', 'one four five'],
  ['word', 'a b c', 'a b c', 'a x c', 'a x c'],
  ['word', 'a b c', 'a x c', 'a x c', 'a x c'],
  ['word', 'a b c d', 'a x c e', 'a x c d', 'a x c e'],
  ['word', '', 'new', 'new', 'new'],
  ['word', 'all of it', '', 'all of it', ''],
  ['word', 'quick fox jumps', 'quick wolf jumps', 'quick fox lazily jumps', 'quick wolf lazily jumps'],
  ['word', 'quick fox', 'quick, fox', 'quick brown fox', 'quick, brown fox'],
  ['word', 'price: 10.50 EUR', 'price: 11.50 EUR', 'price: 10.50 USD', 'price: 11.50 USD'],
  ['word', '我喜欢喝绿茶', '我喜欢喝红茶', '他喜欢喝绿茶', '他喜欢喝红茶'],
  ['line', 'a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n', 'A\nb\nC\n'],
  ['line', 'a\nb\nc', 'a\nb\nc\nd', 'x\na\nb\nc', 'x\na\nb\nc\nd'],
  ['line', 'a\r\nb\r\nc\r\n', 'a\r\nc\r\n', 'a\r\nb\r\nc\r\nd\r\n', 'a\r\nc\r\nd\r\n'],
  ['line', 'a\nb\n', 'A\nb\n', 'a\nB\n', 'A\nB\n'],
  ['character', 'color', 'colour', 'colors', 'colours'],
  ['character', '👍👎', '👍🏽👎', '👍👎!', '👍🏽👎!'],
];

describe('changes of different places are all made', () => {
  test.each(merges)('by %s: %j, %j here and %j there give %j', (by, base, local, remote, merged) => {
    const expected = value(merged);
    expect(mergeText(base, local, remote, by)).toEqual(expected);
    expect(mergeText(base, remote, local, by)).toEqual(expected);
  });
});

const conflicts: [by: TextUnit, base: string, local: string, remote: string, hunks: [string, string, string][]][] = [
  ['word', 'The quick fox.', 'The quick brown fox.', 'The quick red fox.', [['', 'brown ', 'red ']]],
  ['word', 'a b c', 'a x c', 'a y c', [['b', 'x', 'y']]],
  ['word', 'a b c', 'a c', 'a y c', [['b ', '', 'y ']]],
  ['word', 'a b c d e', 'a x y d e', 'a b z z e', [['b c d', 'x y d', 'b z z']]],
  [
    'word',
    'a b c d e f g',
    'a X c d e f Y',
    'a Z c d e f W',
    [
      ['b', 'X', 'Z'],
      ['g', 'Y', 'W'],
    ],
  ],
  ['word', 'a b', 'a c d', 'a b d', [['b', 'c d', 'b d']]],
  ['word', '', 'mine', 'theirs', [['', 'mine', 'theirs']]],
  ['line', 'a\nb\nc\n', 'a\nB\nc\n', 'a\nbb\nc\n', [['b\n', 'B\n', 'bb\n']]],
  ['line', 'a\nc\n', 'a\nb\nc\n', 'a\nB\nc\n', [['', 'b\n', 'B\n']]],
  ['character', 'cat', 'cut', 'cot', [['a', 'u', 'o']]],
  ['character', '👍', '👎', '👌', [['👍', '👎', '👌']]],
  ['character', 'e\u0301', 'e\u0300', 'e\u0302', [['e\u0301', 'e\u0300', 'e\u0302']]],
];

describe('different changes of one place are a conflict with the pieces', () => {
  test.each(conflicts)('by %s: %j, %j here and %j there', (by, base, local, remote, pieces) => {
    const hunks = pieces.map(([was, mine, other]) => ({ base: was, local: mine, remote: other }));
    expect(mergeText(base, local, remote, by)).toEqual({ kind: 'conflict', hunks });
    const mirrored = pieces.map(([was, mine, other]) => ({ base: was, local: other, remote: mine }));
    expect(mergeText(base, remote, local, by)).toEqual({ kind: 'conflict', hunks: mirrored });
  });
});

test('the rule goes by words unless it says otherwise, and only for three strings', () => {
  const two = sides('a b', 'ax b', 'a bx');
  expect(decideByRule({ rule: 'text' }, two)).toEqual(value('ax bx'));
  expect(decideByRule({ rule: 'text', by: 'line' }, two)).toMatchObject({ kind: 'conflict' });
  expect(decideByRule({ rule: 'text', by: 'character' }, two)).toEqual(value('ax bx'));
  for (const other of [
    sides(undefined, 'a', 'b'),
    sides('a', undefined, 'b'),
    sides('a', 'b', undefined),
    sides('a', 'b', 1),
  ]) {
    expect(decideByRule({ rule: 'text' }, other)).toBeUndefined();
  }
});

/** Texts of few different pieces, so that equal ones meet; long enough that stretches of them are compared at once. */
const piece = fc.constantFrom(
  'a',
  'b',
  'word',
  ' ',
  ' ',
  '\n',
  '\r\n',
  '.',
  '👍',
  '\u{1F3FD}',
  '\u200d',
  'é',
  'e\u0301',
  '茶',
  '\ud83d',
  '🇩🇪',
);
const filler = fc.constantFrom(
  '',
  ' the same words in every one of these texts, as a stretch between\n',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
);
const text = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: filler }), { maxLength: 40 })
  .map((parts) => parts.join(''));
const unit = fc.constantFrom(...UNITS);

/** A text and what two people made of it, each by a few cuts and insertions. */
const edited = fc
  .tuple(
    fc.array(fc.oneof(piece, filler), { maxLength: 40 }),
    fc.array(fc.tuple(fc.nat(40), fc.nat(3), piece, fc.nat(2)), { maxLength: 6 }),
  )
  .map(([parts, edits]) => {
    const made = [parts, parts.slice(), parts.slice()];
    for (const [at, drop, put, who] of edits) made[who === 0 ? 1 : who]?.splice(at, drop, put);
    return made.map((list) => list.join('')) as [string, string, string];
  });

describe('laws', () => {
  const runs = { numRuns: 3_000 };

  test('the tokens of a text are the text', () => {
    fc.assert(
      fc.property(text, unit, (given, by) => {
        expect(splitText(given, by).join('')).toBe(given);
      }),
      runs,
    );
  });

  test('no token ends inside a surrogate pair', () => {
    const cut = /[\ud800-\udbff]$/;
    fc.assert(
      fc.property(text, unit, (given, by) => {
        const tokens = splitText(given, by);
        expect(tokens.some((token, at) => cut.test(token) && /^[\udc00-\udfff]/.test(tokens[at + 1] ?? ''))).toBe(
          false,
        );
      }),
      runs,
    );
  });

  test('where one side did nothing, the other one is the result', () => {
    fc.assert(
      fc.property(text, text, unit, (base, other, by) => {
        expect(mergeText(base, other, base, by)).toEqual(value(other));
        expect(mergeText(base, base, other, by)).toEqual(value(other));
        expect(mergeText(base, other, other, by)).toEqual(value(other));
      }),
      runs,
    );
  });

  test('swapping the sides swaps them in the conflict, and changes no merge', () => {
    fc.assert(
      fc.property(edited, unit, ([base, local, remote], by) => {
        const here = mergeText(base, local, remote, by);
        const there = mergeText(base, remote, local, by);
        const mirrored =
          here.kind === 'conflict'
            ? { ...here, hunks: here.hunks?.map(({ base, local, remote }) => ({ base, local: remote, remote: local })) }
            : here;
        expect(there).toEqual(mirrored);
      }),
      runs,
    );
  });

  test('a hunk is in all three texts, and its sides differ', () => {
    fc.assert(
      fc.property(edited, unit, ([base, local, remote], by) => {
        const merged = mergeText(base, local, remote, by);
        if (merged.kind !== 'conflict') return;
        for (const hunk of merged.hunks ?? []) {
          expect(hunk.local).not.toBe(hunk.remote);
          expect([base.includes(hunk.base), local.includes(hunk.local), remote.includes(hunk.remote)]).toEqual([
            true,
            true,
            true,
          ]);
        }
      }),
      runs,
    );
  });
});

describe('long texts', () => {
  const next = random(7);
  const pick = (count: number): number => Math.floor(next() * count);
  const vocabulary = Array.from({ length: 2_000 }, (_, at) => `w${at.toString(36)}`);
  const words = Array.from({ length: 12_000 }, () => vocabulary[pick(2_000)] ?? '');
  const join = (list: readonly string[]): string =>
    list.map((word, at) => word + (at % 14 === 13 ? '\n' : ' ')).join('');

  test.each(UNITS)('by %s, edits of words far apart are all made', (by) => {
    const edits = Array.from({ length: 25 }, (_, at) => at * 470 + 5);
    const write = (chosen: readonly number[]): string =>
      join(words.map((word, at) => (chosen.includes(at) ? `new${at}` : word)));
    const merged = mergeText(write([]), write(edits.slice(0, 10)), write(edits.slice(10)), by);
    expect(merged).toEqual(value(write(edits)));
  });

  test('paragraphs put in, moved out and rewritten far apart are all there', () => {
    const paragraphs = Array.from({ length: 60 }, (_, at) => words.slice(at * 100, at * 100 + 100).join(' '));
    const write = (list: readonly string[]): string => list.join('\n\n');
    const inserted = `${words.slice(8_000, 11_000).join(' ')}`;
    const local = write([...paragraphs.slice(0, 5), inserted, ...paragraphs.slice(5)]);
    const remote = write([...paragraphs.slice(0, 20), ...paragraphs.slice(50, 59), 'rewritten']);
    const both = write([
      ...paragraphs.slice(0, 5),
      inserted,
      ...paragraphs.slice(5, 20),
      ...paragraphs.slice(50, 59),
      'rewritten',
    ]);
    for (const by of UNITS) expect(mergeText(write(paragraphs), local, remote, by)).toEqual(value(both));
  });

  test.each(UNITS)('by %s, thousands of equal tokens end', (by) => {
    const base = 'a \n'.repeat(3_000);
    expect(mergeText(base, `${base}b`, `c${base}`, by)).toEqual(value(`c${base}b`));
    expect(mergeText(base, base.slice(30), base, by)).toEqual(value(base.slice(30)));
    expect(mergeText(base, 'b '.repeat(3_000), 'c '.repeat(3_000), by).kind).toBe('conflict');
  });
});

describe('edits of different words', () => {
  type Edit = 'replace' | 'remove' | 'insert' | 'none';
  const edit = fc.tuple(fc.constantFrom<Edit>('none', 'none', 'replace', 'remove', 'insert'), fc.boolean());
  /** Every other word is left alone, so that no two edits are neighbours. */
  const edits = fc.array(edit, { minLength: 2, maxLength: 80 });

  test.each([
    ['word', ' '],
    ['line', '\n'],
  ] as const)('by %s, all are made', (by, end) => {
    const write = (list: readonly (readonly [Edit, boolean])[], wanted: (local: boolean) => boolean): string =>
      list
        .map(([kind, local], at) => {
          const word = `word${at}${end}kept${at}${end}`;
          if (!wanted(local) || kind === 'none') return word;
          if (kind === 'replace') return `new${at}${end}kept${at}${end}`;
          return kind === 'remove' ? `kept${at}${end}` : `put${at}${end}${word}`;
        })
        .join('');
    fc.assert(
      fc.property(edits, (list) => {
        const base = write(list, () => false);
        const local = write(list, (mine) => mine);
        const remote = write(list, (mine) => !mine);
        expect(mergeText(base, local, remote, by)).toEqual(value(write(list, () => true)));
      }),
      { numRuns: 3_000 },
    );
  });
});
