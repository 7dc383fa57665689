import type { Operation } from 'fast-json-patch';
import { expect, test } from 'vitest';
import { InvalidPatchError } from '../../../src/core/errors.js';
import { compilePatch } from '../../../src/core/patch/compile.js';

test('an operation is read once: its pointers become tokens', () => {
  const patch: Operation[] = [
    { op: 'add', path: '/a~1b/0', value: null },
    { op: 'remove', path: '' },
    { op: 'move', from: '/a', path: '/ab' },
    { op: 'copy', from: '/a', path: '/a/b' },
  ];
  expect(compilePatch(patch)).toEqual([
    { op: 'add', index: 0, tokens: ['a/b', '0'], value: null, source: patch[0] },
    { op: 'remove', index: 1, tokens: [], source: patch[1] },
    { op: 'move', index: 2, from: ['a'], tokens: ['ab'], source: patch[2] },
    { op: 'copy', index: 3, from: ['a'], tokens: ['a', 'b'], source: patch[3] },
  ]);
});

test('unknown members are let through', () => {
  const patch: Operation[] = JSON.parse('[{"op":"remove","path":"/a","value":1,"comment":"x","from":"no pointer"}]');
  expect(compilePatch(patch)).toHaveLength(1);
});

const wrong: [title: string, patch: unknown, index: number, reason: string][] = [
  ['no list', { op: 'remove', path: '' }, 0, 'the patch is not an array'],
  ['an operation that is no object', [null], 0, 'it is not an object'],
  ['an operation that is a list', [[]], 0, 'it is not an object'],
  ['an unknown op', [{ op: 'spam', path: '/a' }], 0, 'its "op" is not one of RFC 6902'],
  ['fast-json-patch’s own _get', [{ op: '_get', path: '/a' }], 0, 'its "op" is not one of RFC 6902'],
  ['an inherited name as op', [{ op: 'toString', path: '/a' }], 0, 'its "op" is not one of RFC 6902'],
  ['no op', [{ path: '/a' }], 0, 'its "op" is not one of RFC 6902'],
  ['no path', [{ op: 'remove' }], 0, 'it has no "path"'],
  ['a path that is no text', [{ op: 'remove', path: 1 }], 0, 'its "path" is not a JSON Pointer'],
  [
    'a malformed path',
    [
      { op: 'remove', path: '/a' },
      { op: 'remove', path: '/~2' },
    ],
    1,
    'its "path" is not a JSON Pointer',
  ],
  ['no from', [{ op: 'move', path: '/a' }], 0, 'it has no "from"'],
  ['a malformed from', [{ op: 'copy', path: '/a', from: 'b' }], 0, 'its "from" is not a JSON Pointer'],
  ['no value', [{ op: 'add', path: '/a' }], 0, 'it has no "value"'],
  ['an undefined value', [{ op: 'test', path: '/a', value: undefined }], 0, 'it has no "value"'],
  [
    'a value that is no JSON',
    [{ op: 'replace', path: '/a', value: { at: new Date(0) } }],
    0,
    'its value holds a Date at "/at", which JSON cannot carry',
  ],
  ['a move into itself', [{ op: 'move', from: '/a', path: '/a/b' }], 0, 'it moves "/a" into itself'],
  ['a move of the root', [{ op: 'move', from: '', path: '/a' }], 0, 'it moves "" into itself'],
];
test.each(wrong)('%s is refused', (_title, patch, index, reason) => {
  const compile = (): unknown => compilePatch(patch as Operation[]);
  expect(compile).toThrow(InvalidPatchError);
  expect(compile).toThrow(expect.objectContaining({ code: 'ERR_INVALID_PATCH', index, reason }));
  expect(compile).toThrow(reason);
});
