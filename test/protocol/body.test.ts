import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { parseBody } from '../../src/protocol/body/body.js';

test.each([
  ['{"a":1}', { a: 1 }],
  ['\ufeff {"a":1}', { a: 1 }],
  ['null', null],
  [' "text" ', 'text'],
  ['0', 0],
])('%j is JSON', (text, value) => {
  expect(parseBody(text)).toEqual({ json: true, value });
});

test.each(['', ' \n', '\ufeff', '<html></html>', '{"a":', "{'a':1}", 'undefined', 'NaN', '\ufeff\ufeff1'])(
  '%j is not JSON',
  (text) => {
    expect(parseBody(text)).toEqual({ json: false });
  },
);

it('keeps a key such as __proto__ as data', () => {
  const parsed = parseBody('{"__proto__":{"polluted":true}}');
  expect(parsed.json && Object.keys(Object(parsed.value))).toEqual(['__proto__']);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

it('agrees with JSON.parse, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const parsed = parseBody(text);
      if (parsed.json) expect(parsed.value).toEqual(JSON.parse(text));
      else expect(() => JSON.parse(text)).toThrow();
    }),
  );
});

it('survives nesting that no stack would', () => {
  expect(parseBody('['.repeat(1_000_000))).toEqual({ json: false });
});
