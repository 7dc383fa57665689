import { describe, expect, test } from 'vitest';
import { runRecipe } from '../../src/client/resource/recipe.js';
import type { JsonValue } from '../../src/core/json.js';

const base = { title: 'Draft', tags: ['a'], author: { name: 'Ada' } };
const run = (recipe: (draft: typeof base) => unknown, on: JsonValue = base) =>
  runRecipe((draft) => recipe(draft as typeof base), on);

describe('a recipe', () => {
  test('may change the draft', () => {
    const local = run((draft) => {
      draft.title = 'Better';
    });
    expect(local).toEqual({ ...base, title: 'Better' });
  });

  test('may return the whole new value', () => {
    const local = run((draft) => ({ ...draft, title: 'Better' }));
    expect(local).toEqual({ ...base, title: 'Better' });
  });

  test('may change nothing', () => {
    expect(run(() => {})).toEqual(base);
  });

  test('leaves the base alone, also where it is frozen', () => {
    const frozen = Object.freeze({ title: 'Draft', tags: Object.freeze(['a']) });
    const local = run(
      (draft) => {
        draft.tags.push('b');
      },
      JSON.parse(JSON.stringify(frozen)),
    );
    expect(local).toMatchObject({ tags: ['a', 'b'] });
    expect(frozen.tags).toEqual(['a']);
  });

  test('may keep nothing of what it returned: it is a copy from then on', () => {
    const mine = { title: 'Mine', tags: ['x'], author: { name: 'Me' } };
    const local = run(() => mine);
    mine.tags.push('y');
    expect(local).toMatchObject({ tags: ['x'] });
  });

  test('may keep nothing of what it put into the draft', () => {
    const tags = ['x'];
    const local = run((draft) => {
      draft.tags = tags;
    });
    tags.push('y');
    expect(local).toMatchObject({ tags: ['x'] });
  });

  test('may keep nothing of the draft', () => {
    let kept: typeof base | undefined;
    const local = run((draft) => {
      kept = draft;
      draft.title = 'Better';
      draft.author = { name: 'Bob' };
    });
    if (kept !== undefined) {
      try {
        kept.title = 'Later';
        kept.author.name = 'Eve';
      } catch {
        // A frozen draft is as good.
      }
    }
    expect(local).toMatchObject({ title: 'Better', author: { name: 'Bob' } });
  });

  test('that throws changes nothing, and its error passes', () => {
    expect(() =>
      run(() => {
        throw new RangeError('mine');
      }),
    ).toThrow(new RangeError('mine'));
  });
});

const refused: [title: string, recipe: (draft: typeof base) => unknown, message: RegExp][] = [
  ['returns a promise', async () => {}, /promise.*Fetch what it needs first/],
  // biome-ignore lint/suspicious/noThenProperty: promises of other libraries are what this is about.
  ['returns a thenable', () => ({ then: () => {} }), /promise/],
  ['returns a number, as an arrow without braces does', (draft) => draft.tags.push('b'), /returned 2.*braces/],
  ['returns true', (draft) => Reflect.set(draft, 'title', 'x'), /returned true/],
  ['returns null in place of an object', () => null, /returned null/],
  ['returns a list in place of an object', (draft) => draft.tags.splice(0, 1), /braces/],
];
test.each(refused)('one that %s is refused', (_title, recipe, message) => {
  expect(() => run(recipe)).toThrowError(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringMatching(message) }),
  );
});

test.each([
  ['a Date', new Date(0)],
  ['undefined in a list', [undefined]],
  ['NaN', Number.NaN],
  ['a function', () => {}],
])('one that puts in %s is refused with the place', (_title, value) => {
  expect(() => run((draft) => void Reflect.set(draft, 'bad', value))).toThrowError(
    expect.objectContaining({ code: 'ERR_INVALID_JSON', path: expect.stringContaining('/bad') }),
  );
});

test('a member set to undefined is told: JSON cannot carry it', () => {
  expect(() => run((draft) => void Reflect.set(draft, 'title', undefined))).toThrowError(
    expect.objectContaining({ path: '/title' }),
  );
});

test('a document that is a list or a scalar is replaced by what is returned', () => {
  expect(runRecipe(() => [1, 2], [1])).toEqual([1, 2]);
  expect(runRecipe((draft) => Number(draft) + 1, 5)).toBe(6);
});

describe('what is given back by mistake is refused, and the error says to use braces', () => {
  type Draft = typeof base;
  test.each<[string, (draft: Draft) => unknown]>([
    ['a part that was set', (draft) => Object.assign(draft, { author: { name: 'Bea' } }).author],
    ['a part that was changed', (draft) => Object.assign(draft.author, { name: 'Bea' })],
    ['a part as it was', (draft) => draft.author],
    ['a list', (draft) => draft.tags.reverse()],
    ['what was taken out', (draft) => ({ taken: draft.tags.pop() })],
    ['something new beside a change', (draft) => ({ ...Object.assign(draft, { title: 'x' }) })],
    ['a number', (draft) => draft.tags.push('b')],
    ['a text', (draft) => Object.assign(draft, { title: 'x' }).title],
    ['whether it was deleted', (draft) => Reflect.deleteProperty(draft, 'title')],
  ])('%s', (_title, recipe) => {
    expect(() => run(recipe)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringContaining('braces') }),
    );
  });

  test('in a list, too', () => {
    const recipe = (draft: { list: number[] }[]) => draft.pop();
    expect(() => runRecipe((draft) => recipe(draft as { list: number[] }[]), [{ list: [1] }])).toThrow(/braces/);
    expect(() => runRecipe((draft) => Object(draft).splice(0, 1), [1, 2])).toThrow(/braces/);
  });

  test('a cyclic draft is refused as such', () => {
    expect(() =>
      run((draft) => {
        Object.assign(draft, { draft });
        return { ...draft };
      }),
    ).toThrow();
  });

  test('the draft itself, and a new value made of its parts, are right', () => {
    expect(run((draft) => Object.assign(draft, { title: 'x' }))).toMatchObject({ title: 'x' });
    expect(run(({ author, ...rest }) => ({ ...rest, author: { ...author, name: 'Bea' } }))).toMatchObject({
      author: { name: 'Bea' },
    });
  });
});
