import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cloneJson, freezeJson, frozenCopy, isFrozenJson } from '../../src/core/assert-json.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { keysOf, setOwn } from '../../src/core/json.js';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
const text = (value: JsonValue) => JSON.stringify(value);

describe('a frozen copy', () => {
  test('says the same in the same order, is frozen, and holds nothing that can still be changed', () => {
    fc.assert(
      fc.property(json, json, (value, like) => {
        const before = text(value);
        const copy = frozenCopy(value, freezeJson(cloneJson(like)));
        expect(text(copy)).toBe(before);
        expect(isFrozenJson(copy)).toBe(true);
        expect(text(value)).toBe(before);
      }),
    );
  });

  test('of a wide object does, too', () => {
    const name = fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom('__proto__', 'constructor', 'toString'));
    const wide = fc.tuple(fc.array(fc.tuple(name, json), { maxLength: 40 }), fc.nat(200)).map(([own, more]) => {
      const object: JsonObject = Object.fromEntries(Array.from({ length: more }, (_, n) => [`m${n}`, n]));
      for (const [key, value] of own) setOwn(object, key, value);
      return object;
    });
    fc.assert(
      fc.property(wide, wide, (value, like) => {
        const before = text(value);
        const draft = cloneJson(value);
        const copy = frozenCopy(draft, freezeJson(cloneJson(like)));
        for (const one of [draft, copy]) {
          expect(text(one)).toBe(before);
          expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
          expect(deepEqual(one, value)).toBe(true);
        }
        expect([Object.isFrozen(draft), isFrozenJson(copy)]).toEqual([false, true]);
        expect(keysOf(copy as JsonObject)).toEqual(Object.keys(copy as JsonObject));
        expect(frozenCopy(draft, copy)).toBe(copy);
        expect(structuredClone(copy)).toEqual(copy);
      }),
    );
  });

  test('of the same is the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        const like = freezeJson(cloneJson(value));
        expect(frozenCopy(cloneJson(value), like)).toBe(like);
      }),
    );
  });

  test('shares what was not changed', () => {
    const like = freezeJson({ author: { name: 'Ada' }, tags: ['a'], meta: { a: [1], b: [2] } });
    const copy = frozenCopy({ author: { name: 'Ada' }, tags: ['b'], meta: { a: [1], b: [3] } }, like) as typeof like;
    expect(copy.author).toBe(like.author);
    expect(copy.meta.a).toBe(like.meta.a);
    expect(copy).toEqual({ author: { name: 'Ada' }, tags: ['b'], meta: { a: [1], b: [3] } });
  });

  test.each<[what: string, value: JsonValue, like: JsonValue]>([
    ['in another order', { b: 1, a: { c: 1 } }, { a: { c: 1 }, b: 1 }],
    ['with a member less', { a: { c: 1 } }, { a: { c: 1 }, b: 1 }],
    ['with a member more', { a: { c: 1 }, b: 1, d: {} }, { a: { c: 1 }, b: 1 }],
    ['with an item less', [{ a: 1 }], [{ a: 1 }, { b: 1 }]],
    ['of another kind', { 0: { a: 1 } }, [{ a: 1 }]],
    [
      'with names of methods',
      JSON.parse('{"__proto__":{"a":1},"toString":{"b":[]}}'),
      JSON.parse('{"__proto__":{"a":2}}'),
    ],
  ])('of a document %s is a document of its own', (_what, value, like) => {
    const before = text(value);
    const copy = frozenCopy(value, freezeJson(like));
    expect(text(copy)).toBe(before);
    expect(deepEqual(copy, value)).toBe(true);
    expect(isFrozenJson(copy)).toBe(true);
  });

  test('shares nothing with a document that can still be changed', () => {
    const like = { a: { b: 1 } };
    const copy = frozenCopy({ a: { b: 1 } }, like) as typeof like;
    like.a.b = 2;
    expect(copy).toEqual({ a: { b: 1 } });
  });
});
