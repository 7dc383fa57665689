import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBody } from '../../src/protocol/body/body.js';
import { KnownDigits } from '../../src/protocol/body/digits.js';
import { stringifyWith } from '../../src/protocol/body/splice.js';

/** Reads a text and writes what was read. */
function again(text: string): unknown {
  const digits = new KnownDigits();
  digits.learn(text);
  const parsed = parseBody(text);
  return parsed.json ? stringifyWith(parsed.value, [], digits) : undefined;
}

const digit = fc.constantFrom(...'0123456789');
const literal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom(...'123456789'),
    fc.string({ unit: digit, maxLength: 25 }),
    fc.option(fc.string({ unit: digit, minLength: 1, maxLength: 25 })),
    fc.option(fc.integer({ min: -330, max: 330 })),
  )
  .map(([sign, first, rest, fraction, exponent]) => {
    const point = fraction === null ? '' : `.${fraction}`;
    return `${sign}${first}${rest}${point}${exponent === null ? '' : `e${exponent}`}`;
  });
/** Numbers near each other, so that some are rounded alike. */
const near = fc.bigInt({ min: 15793596808644600n, max: 15793596808644620n }).map(String);
const name = fc.string({ maxLength: 4 }).filter((text) => text !== '__proto__');

const { text: anyText } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4 },
    literal,
    near,
    fc.string().map((text) => JSON.stringify(text)),
    fc.array(tie('text'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(name, tie('text')), { maxLength: 4, selector: ([key]) => key })
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
}));

test('what was read and is written again is the same, digit for digit', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = again(text);
      const now = written !== null && typeof written === 'object' && 'text' in written ? String(written.text) : '';
      // Members may come in another order (digits are sorted first), and short numbers in another notation.
      const numbers = (of: string) =>
        (of.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d{16,}(?![\d.eE])/g) ?? []).sort();
      expect(numbers(now)).toEqual(numbers(text));
      expect(JSON.stringify(JSON.parse(now))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test.each([
  ['{"a":0.1,"b":0.1000000000000000055}'],
  ['{"a":1e22,"b":10000000000000000000001}'],
  ['[1e400,-1e400,1]'],
  ['15793596808644609'],
])('%s stays as it is', (text) => {
  expect(again(text)).toEqual({ text });
});
