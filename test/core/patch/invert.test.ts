import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../../src/core/assert-json.js';
import { deepEqual } from '../../../src/core/deep-equal.js';
import { InvalidPatchError } from '../../../src/core/errors.js';
import type { JsonValue, Patch } from '../../../src/core/json.js';
import { apply } from '../../../src/core/patch/apply.js';
import { invert } from '../../../src/core/patch/invert.js';
import { documentAndWishes, patchFor } from './arbitrary.js';

const table: [title: string, base: JsonValue, patch: Patch, inverse: Patch][] = [
  ['add of a member', {}, [{ op: 'add', path: '/a', value: 1 }], [{ op: 'remove', path: '/a' }]],
  ['add over a member', { a: 1 }, [{ op: 'add', path: '/a', value: 2 }], [{ op: 'replace', path: '/a', value: 1 }]],
  ['add of an item', [1, 2], [{ op: 'add', path: '/1', value: 9 }], [{ op: 'remove', path: '/1' }]],
  ['append', [1, 2], [{ op: 'add', path: '/-', value: 9 }], [{ op: 'remove', path: '/2' }]],
  ['remove', [1, 2], [{ op: 'remove', path: '/0' }], [{ op: 'add', path: '/0', value: 1 }]],
  [
    'replace',
    { a: { b: 1 } },
    [{ op: 'replace', path: '/a', value: 2 }],
    [{ op: 'replace', path: '/a', value: { b: 1 } }],
  ],
  ['the root', { a: 1 }, [{ op: 'add', path: '', value: 2 }], [{ op: 'replace', path: '', value: { a: 1 } }]],
  ['move within a list', [1, 2, 3], [{ op: 'move', from: '/0', path: '/2' }], [{ op: 'move', from: '/2', path: '/0' }]],
  [
    'move to the end',
    { l: [1], a: 2 },
    [{ op: 'move', from: '/a', path: '/l/-' }],
    [{ op: 'move', from: '/l/1', path: '/a' }],
  ],
  ['rename', { a: 1 }, [{ op: 'move', from: '/a', path: '/b' }], [{ op: 'move', from: '/b', path: '/a' }]],
  [
    'move over a member',
    { a: 1, b: 2 },
    [{ op: 'move', from: '/a', path: '/b' }],
    [
      { op: 'replace', path: '/b', value: 2 },
      { op: 'add', path: '/a', value: 1 },
    ],
  ],
  [
    'a child takes its parent’s place',
    { a: { b: 1, c: 2 } },
    [{ op: 'move', from: '/a/b', path: '/a' }],
    [
      { op: 'replace', path: '/a', value: { c: 2 } },
      { op: 'add', path: '/a/b', value: 1 },
    ],
  ],
  [
    'a child takes its item’s place',
    [{ b: 1 }],
    [{ op: 'move', from: '/0/b', path: '/0' }],
    [
      { op: 'remove', path: '/0' },
      { op: 'add', path: '/0/b', value: 1 },
    ],
  ],
  ['move onto itself', [1], [{ op: 'move', from: '/0', path: '/0' }], []],
  ['copy', { a: [1] }, [{ op: 'copy', from: '/a', path: '/a/0' }], [{ op: 'remove', path: '/a/0' }]],
  ['test', { a: 1 }, [{ op: 'test', path: '/a', value: 1 }], []],
  [
    'several, the last first',
    {},
    [
      { op: 'add', path: '/a', value: {} },
      { op: 'add', path: '/a/b', value: 1 },
    ],
    [
      { op: 'remove', path: '/a/b' },
      { op: 'remove', path: '/a' },
    ],
  ],
];
test.each(table)('undoes %s', (_title, base, patch, inverse) => {
  freezeJson(base);
  expect(invert(base, patch)).toEqual(inverse);
  expect(apply(apply(base, patch), inverse)).toEqual(base);
});

describe('law', () => {
  test('apply(apply(base, patch), invert(base, patch)) = base', () => {
    fc.assert(
      fc.property(documentAndWishes, ([base, wishes]) => {
        freezeJson(base);
        const { patch, result } = patchFor(base, wishes);
        freezeJson(patch.map((operation) => ('value' in operation ? operation.value : null)));
        expect(deepEqual(apply(result, invert(base, patch)), base)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});

test('a patch that does not apply is refused', () => {
  expect(() => invert({}, [{ op: 'remove', path: '/a' }])).toThrow(InvalidPatchError);
  expect(() => invert({}, [{ op: 'move', from: '/a', path: '/b' }])).toThrow(InvalidPatchError);
});
