import { describe, expect, test } from 'vitest';
import { mergePatch } from '../../../src/testing/handle/merge-patch.js';

type Json = Parameters<typeof mergePatch>[1];

/** The table of RFC 7396, appendix A. */
const APPENDIX_A: readonly (readonly [original: Json, patch: Json, result: Json])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

describe('a merge patch', () => {
  test.each(APPENDIX_A)('%j and %j give %j', (original, patch, result) => {
    const before = JSON.stringify([original, patch]);
    expect(mergePatch(original, patch)).toEqual(result);
    expect(JSON.stringify([original, patch])).toBe(before);
  });

  test('takes hostile names for names', () => {
    const patch: Json = JSON.parse('{"__proto__":{"x":{"y":1}},"constructor":{"z":null}}');
    const merged = mergePatch({}, patch);
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"x":{"y":1}},"constructor":{}}');
    expect(JSON.stringify(mergePatch(merged, JSON.parse('{"__proto__":null}')))).toBe('{"constructor":{}}');
    expect([Object.getPrototypeOf(merged), 'x' in {}]).toEqual([Object.prototype, false]);
  });
});
