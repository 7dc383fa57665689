import { describe, expect, test } from 'vitest';
import { parsePlace, readPlace, withPlace } from '../../../src/testing/store/place.js';

type Json = Parameters<typeof withPlace>[0];

describe('a place in a body', () => {
  test.each<[pointer: string, value: Json, found: Json | undefined]>([
    ['/version', { version: 1 }, 1],
    ['/a/b', { a: { b: null } }, null],
    ['/a/b', { a: 1 }, undefined],
    ['/a/b', null, undefined],
    ['/0', [1], undefined],
    ['/toString', {}, undefined],
    ['/__proto__', {}, undefined],
    ['/a~1b/c~0d', { 'a/b': { 'c~d': 2 } }, 2],
    ['/', { '': 3 }, 3],
  ])('%s of %j is %j', (pointer, value, found) => {
    expect(readPlace(value, parsePlace(pointer, 'x'))).toEqual(found);
  });

  test.each<[pointer: string, value: Json, content: Json | undefined, result: Json]>([
    ['/version', { a: 1, version: 1 }, 2, { a: 1, version: 2 }],
    ['/version', { version: 1, a: 1 }, undefined, { a: 1 }],
    ['/meta/version', { a: 1 }, 2, { a: 1, meta: { version: 2 } }],
    ['/meta/version', { a: 1 }, undefined, { a: 1 }],
    ['/meta/version', { meta: { version: 1, b: 2 } }, undefined, { meta: { b: 2 } }],
    ['/meta/version', { meta: 'text' }, 2, { meta: 'text' }],
    ['/version', [1], 2, [1]],
    ['/version', 'text', 2, 'text'],
  ])('%s of %j becomes %j: %j', (pointer, value, content, result) => {
    const before = JSON.stringify(value);
    expect(withPlace(value, parsePlace(pointer, 'x'), content)).toEqual(result);
    expect(JSON.stringify(value)).toBe(before);
  });
});
