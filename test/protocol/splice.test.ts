import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { type LiteralPlace, stringifyWith } from '../../src/protocol/body/splice.js';
import { rawLiteralAt } from '../../src/protocol/versions/token-text.js';

const BIG = '18446744073709551615';

test.each<[string, unknown, [string[], string][], string]>([
  ['replaces what stands there', { a: 1, v: 2, b: 3 }, [[['v'], BIG]], `{"a":1,"v":${BIG},"b":3}`],
  ['adds what is missing', { a: 1 }, [[['v'], '"x"']], '{"a":1,"v":"x"}'],
  ['makes objects on the way', { a: 1 }, [[['meta', 'v'], '5']], '{"a":1,"meta":{"v":5}}'],
  ['reaches into arrays', { a: [{ v: 1 }, { v: 2 }] }, [[['a', '1', 'v'], BIG]], `{"a":[{"v":1},{"v":${BIG}}]}`],
  [
    'serves several places',
    { a: { x: 1 } },
    [
      [['a', 'v'], '1'],
      [['w'], '2'],
    ],
    '{"a":{"x":1,"v":1},"w":2}',
  ],
  ['replaces the whole', { a: 1 }, [[[], '5']], '5'],
  ['leaves out undefined, as JSON does', { a: undefined, b: [undefined] }, [[['v'], '1']], '{"b":[null],"v":1}'],
  [
    'keeps __proto__ a name',
    JSON.parse('{"__proto__":{"a":1}}'),
    [[['__proto__', 'v'], '1']],
    '{"__proto__":{"a":1,"v":1}}',
  ],
  ['does not mistake text for a place', { a: `"v":${BIG}` }, [[['v'], '1']], `{"a":"\\"v\\":${BIG}","v":1}`],
])('%s', (_, value, places, text) => {
  expect(
    stringifyWith(
      value,
      places.map(([tokens, literal]): LiteralPlace => ({ tokens, literal })),
    ),
  ).toEqual({ text });
});

test.each<[string, unknown, string[]]>([
  ['a scalar', { meta: 'text' }, ['meta', 'v']],
  ['null', { meta: null }, ['meta', 'v']],
  ['an item that is not there', { a: [1] }, ['a', '1']],
  ['an array by a name', { a: [1] }, ['a', 'v']],
  ['the end of an array', { a: [1] }, ['a', '-']],
])('does not overwrite %s to reach a place', (_, value, tokens) => {
  expect(stringifyWith(value, [{ tokens, literal: '1' }])).toEqual({
    impossible: expect.stringContaining('cannot be reached'),
  });
});

it('says so where a value is no JSON', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  expect(stringifyWith(cycle, [])).toEqual({ impossible: expect.any(String) });
  expect(stringifyWith({ big: 1n }, [])).toEqual({ impossible: expect.any(String) });
});

it('is JSON.stringify with that one literal changed', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.bigInt(), (value, name, digits) => {
      const written = stringifyWith(value, [{ tokens: [name], literal: String(digits) }]);
      const text = 'text' in written ? written.text : '';
      expect(rawLiteralAt(text, [name])).toBe(String(digits));
      const expected = JSON.parse(JSON.stringify({ ...value, [name]: 0 }));
      expect({ ...JSON.parse(text), [name]: 0 }).toEqual(expected);
    }),
  );
});
