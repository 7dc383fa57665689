import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  literalOf,
  literalsOf,
  tokenAt,
  versionOfLiteral,
  wireTextOf,
} from '../../src/protocol/versions/token-text.js';
import { answerOf } from './answers.js';

test.each([
  ['5', '5', '5'],
  ['"5"', '"5"', '5'],
  ['"1-abc"', '1-abc', '1-abc'],
  ['9007199254740993', '9007199254740993', '9007199254740993'],
  ['1.50', '1.50', '1.50'],
  ['"null"', '"null"', 'null'],
  ['"\\"0000-1\\""', '"\\"0000-1\\""', '"0000-1"'],
  ['true', 'true', 'true'],
  ['"a\\u0062"', 'ab', 'ab'],
  ['{ "$oid" : "a b" }', '{"$oid":"a b"}', '{"$oid":"a b"}'],
  ['" 5"', '" 5"', ' 5'],
])('the literal %s is the version %s and travels as %s', (literal, version, wire) => {
  expect(versionOfLiteral(literal)).toBe(version);
  expect(wireTextOf(version)).toBe(wire);
});

it('is one to one: the literal comes back, and different literals give different versions', () => {
  const token = fc.oneof(
    fc.string(),
    fc.json().map((text) => text),
    fc.bigInt().map(String),
  );
  fc.assert(
    fc.property(token, token, (a, b) => {
      const literals = [a, b].map((text) => (isJson(text) ? compacted(text) : JSON.stringify(text)));
      const [first = '', second = ''] = literals;
      for (const literal of literals) expect(same(literalOf(versionOfLiteral(literal)), literal)).toBe(true);
      expect(versionOfLiteral(first) === versionOfLiteral(second)).toBe(same(first, second));
    }),
  );
});

it('keeps a string that looks like a number apart from the number', () => {
  expect(literalOf(versionOfLiteral('"5"'))).toBe('"5"');
  expect(literalOf(versionOfLiteral('5'))).toBe('5');
});

test.each(['{"v":null}', '{"v":""}', '{}', '[]', '5', '{"v":', '{"v":01}', ''])('%j holds no version', (text) => {
  expect(tokenAt(answerOf(text), ['v'])).toBeUndefined();
});

it('is read from the parsed body where no text is at hand', () => {
  expect(tokenAt({ headers: new Headers(), text: undefined, body: { a: [{ v: 5 }] } }, ['a', '0', 'v'])).toBe('5');
  expect(tokenAt({ headers: new Headers(), text: undefined, body: {} }, ['toString'])).toBeUndefined();
});

it('takes several tokens apart without losing a digit', () => {
  expect(literalsOf('[18446744073709551615,"a,b"]', 2)).toEqual(['18446744073709551615', '"a,b"']);
});

/** Two literals that differ only in how a string is escaped are one. */
function same(a: string, b: string): boolean {
  return a === b || (a.startsWith('"') && b.startsWith('"') && JSON.parse(a) === JSON.parse(b));
}

function compacted(text: string): string {
  return text.trim().startsWith('"') || /^-?\d/.test(text.trim()) ? text.trim() : JSON.stringify(JSON.parse(text));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
