import { describe, expect, test } from 'vitest';
import { jsonText } from '../../src/protocol/json-text.js';

const LEVELS = 100_000;
const around = (inner: string): string => `${'[{"a":'.repeat(LEVELS / 2)}${inner}${'}]'.repeat(LEVELS / 2)}`;

describe('a hundred thousand levels', () => {
  test.each([
    ['1'],
    ['[]'],
    ['{}'],
    ['["[","{",",",{"__proto__":[1,2,{}],"":null,"b":"]"}]'],
    ['[1,[2,3],{"b":4,"c":[5]},6]'],
  ])('around %s are written as they were read', (inner) => {
    const text = around(inner);
    expect(jsonText(JSON.parse(text)) === text).toBe(true);
  });

  test('around what JSON cannot carry are refused', () => {
    const value = JSON.parse(around('{}'));
    let at = value;
    while (Object.keys(at).length > 0) at = Array.isArray(at) ? at[0] : at.a;
    at.cycle = value;
    expect(() => jsonText(value)).toThrow();
  });
});

test('anything else is what JSON.stringify makes of it', () => {
  for (const value of [1, 'x', null, [1, undefined], { a: undefined }, new Date(0)]) {
    expect(jsonText(value)).toBe(JSON.stringify(value));
  }
  expect(jsonText(undefined)).toBe('null');
});
