import { expect, test } from 'vitest';
import type { JsonValue, Patch } from '../../../src/core/json.js';
import { mergingBody, touchedBy } from '../../../src/presets/parts/touched.js';

const edit = (base: JsonValue, local: JsonValue, patch: Patch) =>
  ({ kind: 'update', url: '', base, local, patch, version: '1' }) as const;

test.each<[string, JsonValue, JsonValue, Patch, ReturnType<typeof touchedBy>]>([
  [
    'a changed member',
    { a: 1, b: 1 },
    { a: 2, b: 1 },
    [{ op: 'replace', path: '/a', value: 2 }],
    { set: { a: 2 }, removed: [] },
  ],
  [
    'a change deep inside',
    { a: { b: 1 } },
    { a: { b: 2 } },
    [{ op: 'replace', path: '/a/b', value: 2 }],
    { set: { a: { b: 2 } }, removed: [] },
  ],
  ['a removed member', { a: 1 }, {}, [{ op: 'remove', path: '/a' }], { set: {}, removed: ['a'] }],
  ['a moved member', { a: 1 }, { b: 1 }, [{ op: 'move', from: '/a', path: '/b' }], { set: { b: 1 }, removed: ['a'] }],
  [
    'a copied member',
    { a: 1 },
    { a: 1, b: 1 },
    [{ op: 'copy', from: '/a', path: '/b' }],
    { set: { b: 1 }, removed: [] },
  ],
  [
    'a test, which changes nothing',
    { a: 1 },
    { a: 1 },
    [{ op: 'test', path: '/a', value: 1 }],
    { set: {}, removed: [] },
  ],
  [
    'the whole',
    { a: 1, b: 1 },
    { b: 2 },
    [{ op: 'replace', path: '', value: { b: 2 } }],
    { set: { b: 2 }, removed: ['a'] },
  ],
  [
    'a name with a slash',
    { 'a/b': 1 },
    { 'a/b': 2 },
    [{ op: 'replace', path: '/a~1b', value: 2 }],
    { set: { 'a/b': 2 }, removed: [] },
  ],
  [
    'what was left out of local, untouched by the patch',
    { a: 1, own: 1 },
    { a: 2 },
    [{ op: 'replace', path: '/a', value: 2 }],
    { set: { a: 2 }, removed: [] },
  ],
])('an edit touches %s', (_, base, local, patch, touched) => {
  expect(touchedBy(edit(base, local, patch))).toEqual(touched);
});

test('an API that merges objects is told by null what is gone, inside objects too', () => {
  const patch: Patch = [
    { op: 'remove', path: '/a/x' },
    { op: 'remove', path: '/b' },
    { op: 'replace', path: '/c', value: [1] },
  ];
  const body = mergingBody(
    edit({ a: { x: 1, y: { z: 1 } }, b: 1, c: [{ q: 1 }] }, { a: { y: { z: 1 } }, c: [1] }, patch),
  );
  expect(body).toEqual({ a: { y: { z: 1 }, x: null }, b: null, c: [1] });
});
