import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../../src/core/assert-json.js';
import { deepEqual } from '../../../src/core/deep-equal.js';
import { InvalidJsonError, InvalidPatchError } from '../../../src/core/errors.js';
import type { JsonValue, Patch } from '../../../src/core/json.js';
import { apply } from '../../../src/core/patch/apply.js';
import { compose, openComposition } from '../../../src/core/patch/compose.js';
import { documentAndWishes, patchFor } from './arbitrary.js';

const table: [title: string, base: JsonValue, first: Patch, second: Patch, both: Patch][] = [
  [
    'a superseded replace is dropped',
    { a: 1 },
    [{ op: 'replace', path: '/a', value: 2 }],
    [{ op: 'replace', path: '/a', value: 3 }],
    [{ op: 'replace', path: '/a', value: 3 }],
  ],
  [
    'add and remove of a new member cancel',
    {},
    [{ op: 'add', path: '/a', value: 2 }],
    [{ op: 'remove', path: '/a' }],
    [],
  ],
  [
    'add and remove over an old member remove it',
    { a: 1 },
    [{ op: 'add', path: '/a', value: 2 }],
    [{ op: 'remove', path: '/a' }],
    [{ op: 'remove', path: '/a' }],
  ],
  ['add and remove of an item cancel', [1], [{ op: 'add', path: '/0', value: 2 }], [{ op: 'remove', path: '/0' }], []],
  [
    'append and remove of the item cancel',
    [1],
    [{ op: 'add', path: '/-', value: 2 }],
    [{ op: 'remove', path: '/1' }],
    [],
  ],
  [
    'replace and remove remove',
    { a: 1 },
    [{ op: 'replace', path: '/a', value: 2 }],
    [{ op: 'remove', path: '/a' }],
    [{ op: 'remove', path: '/a' }],
  ],
  [
    'remove and add of a member replace',
    { a: 1 },
    [{ op: 'remove', path: '/a' }],
    [{ op: 'add', path: '/a', value: 2 }],
    [{ op: 'replace', path: '/a', value: 2 }],
  ],
  [
    'remove and add of an item stay two: it is another item',
    [1],
    [{ op: 'remove', path: '/0' }],
    [{ op: 'add', path: '/0', value: 2 }],
    [
      { op: 'remove', path: '/0' },
      { op: 'add', path: '/0', value: 2 },
    ],
  ],
  [
    'two removals of items at one index are two',
    [1, 2],
    [{ op: 'remove', path: '/0' }],
    [{ op: 'remove', path: '/0' }],
    [
      { op: 'remove', path: '/0' },
      { op: 'remove', path: '/0' },
    ],
  ],
  [
    'a removal and a replace of the next item are two',
    [1, 2],
    [{ op: 'remove', path: '/0' }],
    [{ op: 'replace', path: '/0', value: 3 }],
    [
      { op: 'remove', path: '/0' },
      { op: 'replace', path: '/0', value: 3 },
    ],
  ],
  [
    'an edit inside what was added becomes part of it',
    { l: [] },
    [{ op: 'add', path: '/l/-', value: { a: 1 } }],
    [
      { op: 'replace', path: '/l/0/a', value: 2 },
      { op: 'add', path: '/l/0/b', value: 3 },
    ],
    [{ op: 'add', path: '/l/-', value: { a: 2, b: 3 } }],
  ],
  [
    'edits inside what is then replaced are dropped',
    { a: { b: 1, c: [1] } },
    [
      { op: 'replace', path: '/a/b', value: 2 },
      { op: 'add', path: '/a/c/0', value: 0 },
    ],
    [{ op: 'replace', path: '/a', value: 5 }],
    [{ op: 'replace', path: '/a', value: 5 }],
  ],
  [
    'what lies between and has nothing to do with it stays',
    { a: 1, b: 1 },
    [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'replace', path: '/b', value: 2 },
    ],
    [{ op: 'replace', path: '/a', value: 3 }],
    [
      { op: 'replace', path: '/a', value: 3 },
      { op: 'replace', path: '/b', value: 2 },
    ],
  ],
  [
    'a test in between keeps both',
    { a: 1 },
    [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'test', path: '/a', value: 2 },
    ],
    [{ op: 'replace', path: '/a', value: 3 }],
    [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'test', path: '/a', value: 2 },
      { op: 'replace', path: '/a', value: 3 },
    ],
  ],
  [
    'a copy in between keeps both',
    { a: 1 },
    [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'copy', from: '/a', path: '/b' },
    ],
    [{ op: 'replace', path: '/a', value: 3 }],
    [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'replace', path: '/a', value: 3 },
    ],
  ],
  [
    'a shift in between keeps both',
    [1, 2],
    [
      { op: 'replace', path: '/0', value: 5 },
      { op: 'add', path: '/0', value: 0 },
    ],
    [{ op: 'replace', path: '/0', value: 6 }],
    [
      { op: 'replace', path: '/0', value: 5 },
      { op: 'add', path: '/0', value: 6 },
    ],
  ],
  [
    'a digit that names a member shifts nothing',
    { '0': 1, '1': 1 },
    [
      { op: 'replace', path: '/1', value: 2 },
      { op: 'remove', path: '/0' },
    ],
    [{ op: 'replace', path: '/1', value: 3 }],
    [
      { op: 'replace', path: '/1', value: 3 },
      { op: 'remove', path: '/0' },
    ],
  ],
  [
    '/ab is not inside /a',
    { a: 1, ab: 1 },
    [{ op: 'replace', path: '/ab', value: 2 }],
    [{ op: 'remove', path: '/a' }],
    [
      { op: 'replace', path: '/ab', value: 2 },
      { op: 'remove', path: '/a' },
    ],
  ],
  ['nothing and nothing', 1, [], [], []],
];
test.each(table)('%s', (_title, base, first, second, both) => {
  freezeJson(base);
  expect(compose(base, first, second)).toEqual(both);
  expect(apply(base, both)).toEqual(apply(apply(base, first), second));
});

describe('laws', () => {
  test('apply(base, compose(base, p, q)) = apply(apply(base, p), q), in no more operations', () => {
    fc.assert(
      fc.property(documentAndWishes, ([base, one, two]) => {
        freezeJson(base);
        const first = patchFor(base, one);
        const second = patchFor(first.result, two);
        for (const operation of [...first.patch, ...second.patch])
          if ('value' in operation) freezeJson(operation.value);
        const both = compose(base, first.patch, second.patch);
        expect(deepEqual(apply(base, both), second.result), JSON.stringify(both)).toBe(true);
        expect(both.length).toBeLessThanOrEqual(first.patch.length + second.patch.length);
      }),
      { numRuns: 10_000 },
    );
  });
});

test('the error’s index counts within the patch at fault', () => {
  const first: Patch = [
    { op: 'add', path: '/a', value: 1 },
    { op: 'add', path: '/b', value: 1 },
  ];
  expect(() => compose({}, first, [{ op: 'remove', path: '/x' }])).toThrow(expect.objectContaining({ index: 0 }));
  expect(() => compose({}, [...first, { op: 'remove', path: '/x' }], [])).toThrow(
    expect.objectContaining({ index: 2 }),
  );
  expect(() => compose({}, [], [{ op: 'remove', path: 'x' }])).toThrow(InvalidPatchError);
});

test('a long row of edits is one that leads to the same end, each folded into those before it', () => {
  const base: JsonValue = { list: [], map: {} };
  const whole = openComposition(base);
  let value: JsonValue = base;
  const add = (patch: Patch): void => {
    value = apply(value, patch);
    whole.add(patch);
  };
  for (let n = 0; n < 300; n += 1) {
    add([{ op: 'add', path: `/list/${n % 7 === 0 ? 0 : n}`, value: n }]);
    add([{ op: n < 10 ? 'add' : 'replace', path: `/map/k${n % 10}`, value: n }]);
  }
  expect(apply(base, whole.patch)).toEqual(value);
  // The ten members of the map were written 300 times; only so far back is an earlier write looked for.
  expect(whole.patch.filter(({ path }) => path.startsWith('/map')).length).toBeLessThan(30);
});

test('thirty thousand operations inside a new value are one, and it is not copied for each', () => {
  const members = Array.from({ length: 30_000 }, (_, n): Patch[number] => ({
    op: 'add',
    path: `/new/k${n}`,
    value: n,
  }));
  const composed = compose({}, [{ op: 'add', path: '/new', value: {} }], members);
  const value = Object.fromEntries(members.map((_, n) => [`k${n}`, n]));
  expect(composed).toEqual([{ op: 'add', path: '/new', value }]);
});

test('a patch that was read does not change when edits are added', () => {
  const composition = openComposition({});
  composition.add([{ op: 'add', path: '/new', value: {} }]);
  composition.add([{ op: 'add', path: '/new/a', value: { b: 1 } }]);
  const early = composition.patch;
  composition.add([{ op: 'replace', path: '/new/a/b', value: 2 }]);
  expect(early).toEqual([{ op: 'add', path: '/new', value: { a: { b: 1 } } }]);
  expect(composition.patch).toEqual([{ op: 'add', path: '/new', value: { a: { b: 2 } } }]);
});

test('edits that together nest more than 1,000 levels are refused', () => {
  const deep = (levels: number): JsonValue => (levels === 0 ? 1 : { in: deep(levels - 1) });
  const path = '/in'.repeat(600);
  expect(() => compose(deep(600), [], [{ op: 'replace', path, value: deep(400) }])).not.toThrow();
  expect(() => compose(deep(600), [], [{ op: 'replace', path, value: deep(401) }])).toThrow(InvalidJsonError);
});
