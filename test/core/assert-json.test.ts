import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertJson, cloneJson, freezeJson, isFrozenJson } from '../../src/core/assert-json.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import { deepDocument, json } from './arbitrary.js';

class Point {
  x = 1;
}
const twice = { a: 1 };
const cycle: unknown[] = [];
cycle.push({ back: cycle });
const anonymous: unknown = new (class {})();

const refused: [what: string, value: unknown, path: string, found: string][] = [
  ['a Date', { at: new Date(0) }, '/at', 'a Date'],
  ['a Map', [new Map()], '/0', 'a Map'],
  ['a class instance', { 'a/b': [new Point()] }, '/a~1b/0', 'a Point'],
  ['a nameless class instance', anonymous, '', 'a class instance'],
  ['a boxed string', Object('x'), '', 'a String'],
  ['an undefined member', { a: undefined }, '/a', 'undefined'],
  ['an undefined item', [1, undefined], '/1', 'undefined'],
  ['a hole', new Array(1), '/0', 'undefined'],
  ['NaN', { a: { b: Number.NaN } }, '/a/b', 'NaN'],
  ['Infinity', Number.NEGATIVE_INFINITY, '', '-Infinity'],
  ['a BigInt', [1n], '/0', 'a BigInt'],
  ['a function', { a: () => 1 }, '/a', 'a function'],
  ['a symbol', [Symbol('x')], '/0', 'Symbol(x)'],
  ['a cycle', cycle, '/0/back', 'a cycle back to a value around it'],
  ['undefined itself', undefined, '', 'undefined'],
  [
    'under a hostile name',
    JSON.parse('{"__proto__":{}}', (key, value: unknown) => (key === '__proto__' ? new Date(0) : value)),
    '/__proto__',
    'a Date',
  ],
];
test.each(refused)('%s is refused', (_what, value, path, found) => {
  expect(() => assertJson(value, 'The body')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_JSON', path }));
  expect(() => assertJson(value, 'The body')).toThrow(`The body holds ${found} at "${path}", which JSON cannot carry.`);
});

const accepted: [what: string, value: unknown][] = [
  ['null', null],
  ['nothing inside', [{}, [], '']],
  ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
  ['one object in two places', [twice, twice, { twice }]],
  ['hostile names', JSON.parse('{"__proto__":1,"constructor":{"prototype":1}}')],
  ['another realm’s object', Object.create(Object.create(null))],
  ['-0', -0],
];
test.each(accepted)('%s is JSON', (_what, value) => {
  expect(() => assertJson(value, 'It')).not.toThrow();
});

test('any JSON is JSON', () => {
  fc.assert(
    fc.property(json, (value) => assertJson(value, 'It')),
    { numRuns: 1_000 },
  );
});

describe('cloneJson', () => {
  test('the copy is equal and shares nothing', () => {
    fc.assert(
      fc.property(json, (value) => {
        freezeJson(value);
        const copy = cloneJson(value);
        expect(deepEqual(copy, value)).toBe(true);
        const shared = new Set<unknown>();
        const collect = (node: JsonValue): void => {
          if (typeof node !== 'object' || node === null) return;
          shared.add(node);
          Object.values(node).forEach(collect);
        };
        collect(value);
        const meet = (node: JsonValue): boolean =>
          typeof node === 'object' &&
          node !== null &&
          (shared.has(node) || Object.isFrozen(node) || Object.values(node).some(meet));
        return !meet(copy);
      }),
      { numRuns: 2_000 },
    );
  });
  test('__proto__ stays data', () => {
    const copy = cloneJson(JSON.parse('{"__proto__":{"admin":true},"toString":1}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true},"toString":1}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
  test('the order of members and items stays', () => {
    expect(JSON.stringify(cloneJson({ b: [1, [2], 3], a: { d: 1, c: 2 } }))).toBe('{"b":[1,[2],3],"a":{"d":1,"c":2}}');
  });
});

test('freezeJson freezes everything and gives the value back', () => {
  const value = { a: [{ b: {} }], c: 1 };
  expect(freezeJson(value)).toBe(value);
  expect([value, value.a, value.a[0], value.a[0]?.b].every(Object.isFrozen)).toBe(true);
});

test('1,000 levels are JSON, and one more is refused', () => {
  const deep = deepDocument(1_000, 1);
  expect(() => assertJson(deep, 'It')).not.toThrow();
  expect(deepEqual(cloneJson(deep), freezeJson(deep))).toBe(true);
  expect(() => assertJson(deepDocument(1_000, Number.NaN), 'It')).toThrow('It holds NaN');
  expect(() => assertJson(deepDocument(1_001, 1), 'It')).toThrow('It holds more than 1,000 levels.');
});

test.each<[string, JsonValue, boolean]>([
  ['a scalar', 1, true],
  ['what is frozen all the way down', freezeJson({ a: [{ b: 1 }] }), true],
  ['what is frozen at its top only', Object.freeze({ a: [1] }), false],
  ['an object', { a: 1 }, false],
])('isFrozenJson of %s', (_title, value, frozen) => {
  expect(isFrozenJson(value)).toBe(frozen);
});
