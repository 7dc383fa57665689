import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../../src/core/assert-json.js';
import { deepEqual } from '../../../src/core/deep-equal.js';
import { InvalidJsonError } from '../../../src/core/errors.js';
import type { JsonValue } from '../../../src/core/json.js';
import { applyMergePatch, toMergePatch } from '../../../src/core/patch/merge-patch.js';
import { deepDocument, edited } from '../arbitrary.js';

const parse = (text: string): JsonValue => JSON.parse(text);

/** RFC 7396, appendix A, and names that are data. */
const applied: [document: JsonValue, patch: JsonValue, result: JsonValue][] = [
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
  [{}, parse('{"__proto__":{"a":1},"toString":{"b":null}}'), parse('{"__proto__":{"a":1},"toString":{}}')],
  [parse('{"__proto__":{"a":1,"b":2}}'), parse('{"__proto__":{"a":null}}'), parse('{"__proto__":{"b":2}}')],
];
test.each(applied)('%j patched with %j is %j', (document, patch, result) => {
  freezeJson(document);
  freezeJson(patch);
  const outcome = applyMergePatch(document, patch);
  expect(deepEqual(outcome, result), JSON.stringify(outcome)).toBe(true);
  expect(Reflect.get({}, 'a')).toBeUndefined();
});

const told: [title: string, before: JsonValue, after: JsonValue, patch: JsonValue | undefined][] = [
  ['no change', { a: { b: [1] } }, { a: { b: [1] } }, {}],
  ['a new, a changed and a removed member', { a: 1, b: 1 }, { a: 2, c: 3 }, { b: null, a: 2, c: 3 }],
  ['only what changed inside', { a: { b: 1, c: 1 } }, { a: { b: 2, c: 1 } }, { a: { b: 2 } }],
  ['a list as a whole', { a: [1, null] }, { a: [1, null, 2] }, { a: [1, null, 2] }],
  ['an object in place of a list', { a: [1] }, { a: {} }, { a: {} }],
  ['an emptied object', { a: { b: 1 } }, { a: {} }, { a: { b: null } }],
  ['an old null that stays', { a: null, b: 1 }, { a: null, b: 2 }, { b: 2 }],
  ['a null inside a list', {}, { a: [{ b: null }] }, { a: [{ b: null }] }],
  ['not a member that becomes null', { a: 1 }, { a: null }, undefined],
  ['not a new member that is null', {}, { a: { b: null } }, undefined],
  ['not a document that is no object', [1], [2], undefined],
  ['not a document that becomes none', {}, 1, undefined],
];
test.each(told)('tells %s', (_title, before, after, patch) => {
  expect(toMergePatch(before, after)).toEqual(patch === undefined ? undefined : { patch });
});

describe('law', () => {
  test('what can be told leads to the new document', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        freezeJson(before);
        freezeJson(after);
        const told = toMergePatch(before, after);
        expect(told === undefined || deepEqual(applyMergePatch(before, told.patch), after), JSON.stringify(told)).toBe(
          true,
        );
      }),
      { numRuns: 10_000 },
    );
  });
  test('a patch of 20,000 levels is refused by name', () => {
    expect(() => applyMergePatch({}, deepDocument(20_000, 1, ['object']))).toThrow(InvalidJsonError);
  });

  test('1,000 levels are no more than many', () => {
    const before = deepDocument(1_000, 1, ['object']);
    const after = deepDocument(1_000, 2, ['object']);
    const told = toMergePatch(before, after);
    expect(deepEqual(applyMergePatch(before, told?.patch ?? null), after)).toBe(true);
  });
});
