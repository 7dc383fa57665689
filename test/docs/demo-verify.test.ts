import { describe, expect, test } from 'vitest';

interface List {
  readonly items: readonly string[];
}
interface DoneEdit {
  readonly who: string;
  readonly what: string;
  readonly times: (list: List) => number;
  readonly expected: number;
}
interface Verify {
  readonly findLosses: (edits: readonly DoneEdit[], article: List, history: readonly List[]) => string[];
}

// Plain JavaScript, so that the demo runs as it is: its types are told here.
const { findLosses }: Verify = await import(new URL('../../docs/demo/verify.mjs', import.meta.url).href);

const adds = (item: string, expected = 1): DoneEdit => ({
  who: 'Ada',
  what: `adds ${item}`,
  times: ({ items }) => items.filter((other) => other === item).length,
  expected,
});

describe('findLosses', () => {
  test.each<{ what: string; edits: DoneEdit[]; states: string[]; losses: string[] }>([
    { what: 'each edit landed once', edits: [adds('a'), adds('b')], states: ['', 'a', 'a b'], losses: [] },
    { what: 'an edit made twice landed twice', edits: [adds('a', 2)], states: ['', 'a', 'a a'], losses: [] },
    { what: 'a refused edit never landed', edits: [adds('a'), adds('x', 0)], states: ['', 'a'], losses: [] },
    {
      what: 'an edit was overwritten',
      edits: [adds('a'), adds('b')],
      states: ['', 'a', 'b'],
      losses: ['Ada "adds a": the article holds it 0 times instead of 1.'],
    },
    {
      what: 'an edit was doubled',
      edits: [adds('a')],
      states: ['', 'a', 'a a'],
      losses: ['Ada "adds a": the article holds it 2 times instead of 1.'],
    },
    {
      what: 'an edit was lost and made again',
      edits: [adds('a')],
      states: ['', 'a', '', 'a'],
      losses: ['Ada "adds a": it was saved 2 times instead of 1.'],
    },
    {
      what: 'a refused edit was there for a while',
      edits: [adds('x', 0)],
      states: ['', 'x', ''],
      losses: ['Ada "adds x": it was saved 1 times instead of 0.'],
    },
  ])('$what: $losses.length losses', ({ edits, states, losses }) => {
    const history = states.map((state): List => ({ items: state.split(' ').filter(Boolean) }));
    expect(findLosses(edits, history.at(-1) ?? { items: [] }, history)).toEqual(losses);
  });
});
