import type { MergeConflict, MergeRule, Resolution } from 'unconflict';
import { atomic, counter, latest, list, server, set, text } from 'unconflict';
import { expectTypeOf, test } from 'vitest';

test('rules stand in a table by path', () => {
  const merge: Record<string, MergeRule> = {
    '/title': 'local',
    '/tags': set(),
    '/items': list({ key: 'id' }),
    '/pairs': list({ key: ['a', 'b'] }),
    '/views': counter({ min: 0, max: 10 }),
    '/text': text({ by: 'line' }),
    '/settings': atomic(),
    '/seen': latest({ field: '/at' }),
    '/updatedAt': server(),
    '/own': (conflict) => {
      expectTypeOf(conflict).toEqualTypeOf<MergeConflict>();
      return conflict.local.present ? { value: conflict.local.value } : 'remove';
    },
    '/named': { rule: 'merge' },
  };
  expectTypeOf(merge).toEqualTypeOf<Record<string, MergeRule>>();
});

test('rules that cannot be are refused', () => {
  // @ts-expect-error git's word: it swaps sides in a rebase
  const mine: MergeRule = 'ours';
  // @ts-expect-error pure: it cannot ask anybody
  const later: MergeRule = async () => 'local';
  // @ts-expect-error what makes a rule is none: set()
  const uncalled: MergeRule = set;
  // @ts-expect-error text()
  const uncalledText: MergeRule = text;
  // @ts-expect-error a list needs its key
  list({});
  // @ts-expect-error no such unit
  text({ by: 'sentence' });
  // @ts-expect-error a number
  counter({ min: '0' });
  // @ts-expect-error no such resolution
  const answer: Resolution = 'theirs';
  expectTypeOf([mine, later, uncalled, uncalledText, answer]).toBeArray();
});

test('a side that is missing has no value', () => {
  const read = (conflict: MergeConflict): unknown => {
    // @ts-expect-error look whether it is present first: null and missing are different things
    const wrong: unknown = conflict.local.value;
    return conflict.local.present ? conflict.local.value : wrong;
  };
  expectTypeOf(read).toBeFunction();
});
