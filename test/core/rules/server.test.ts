import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freezeJson } from '../../../src/core/assert-json.js';
import type { JsonValue } from '../../../src/core/json.js';
import type { MergeRule } from '../../../src/core/rules/rule.js';
import { withoutServerOwned } from '../../../src/core/rules/server.js';
import { deepDocument, json } from '../arbitrary.js';

const server: MergeRule = { rule: 'server' };

const cases: [name: string, JsonValue, Record<string, MergeRule>, JsonValue][] = [
  ['a member', { a: 1, at: 2 }, { '/at': server }, { a: 1 }],
  ['nothing that is not there', { a: 1 }, { '/at': server }, { a: 1 }],
  ['members of items', { items: [{ v: 1, at: 2 }, { at: 3 }] }, { '/items/*/at': server }, { items: [{ v: 1 }, {}] }],
  ['items', [1, 2, 3], { '/1': server }, [1, 3]],
  ['a member at any depth', { at: 1, a: { b: [{ at: 2, c: 3 }] } }, { '/**/at': server }, { a: { b: [{ c: 3 }] } }],
  ['a whole branch', { a: 1, meta: { by: 'x', tags: [1] } }, { '/meta': server }, { a: 1 }],
  [
    'not what a more specific rule names',
    { at: 1, by: { at: 2 } },
    { '/**/at': server, '/by/at': 'local' },
    { by: { at: 2 } },
  ],
  ['all but what another rule names', { a: 1, b: 2, c: { d: 1 } }, { '/**': server, '/a': 'manual' }, { a: 1 }],
  [
    'a branch but for a named part',
    { m: { a: 1, b: 2 }, n: 1 },
    { '/m': server, '/m/b': 'manual' },
    { m: { b: 2 }, n: 1 },
  ],
  [
    'lists that another rule aligns',
    { items: [1], a: 1 },
    { '/*': server, '/items': { rule: 'list', key: 'id' }, '/a': 'local' },
    { a: 1 },
  ],
  ['everything, and the root stays', { a: { b: 1 } }, { '/**': server }, {}],
  ['nothing of a scalar', 7, { '': server }, 7],
  [
    'hostile names',
    JSON.parse('{"__proto__":1,"a":{"__proto__":2}}'),
    { '/__proto__': server },
    JSON.parse('{"a":{"__proto__":2}}'),
  ],
];

test.each(cases)('takes out %s', (_, value, merge, wanted) => {
  const given = freezeJson(value);
  const left = withoutServerOwned(given, merge);
  expect(left).toEqual(wanted);
  expect(JSON.stringify(left)).toBe(JSON.stringify(wanted));
});

test('where the server owns nothing, the very same value comes back', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(withoutServerOwned(value, { '/**': 'local' })).toBe(value);
      expect(withoutServerOwned(value, { '/nowhere/*/else': server, '/a': 'remote' })).toBe(value);
    }),
  );
});

test('what is not touched is shared', () => {
  const value = { a: { big: [1, 2] }, b: { at: 1, c: { d: 2 } } };
  const left = withoutServerOwned(value, { '/b/at': server });
  expect(left).toEqual({ a: { big: [1, 2] }, b: { c: { d: 2 } } });
  expect(left).toHaveProperty('a', value.a);
  expect(Reflect.get(Object(left), 'a')).toBe(value.a);
});

test('1,000 levels do not overflow the stack', () => {
  const left = withoutServerOwned(deepDocument(999, { at: 1, v: 2 }), { '/**/at': server });
  let inner: JsonValue | undefined = left;
  let levels = 0;
  while (typeof inner === 'object' && inner !== null && !('v' in inner)) {
    inner = Object.values(inner)[0];
    levels++;
  }
  expect([levels, inner]).toEqual([999, { v: 2 }]);
});
