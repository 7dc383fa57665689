import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from '../../../src/testing/store/json-text.js';

/** Too deep for the built-in, so that the other way is taken all the way down. */
const deep = (value: unknown): string => `${'['.repeat(20_000)}${JSON.stringify(value)}${']'.repeat(20_000)}`;

describe('the text of a value', () => {
  test('is what JSON.stringify gives, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = deep(value);
        expect(stringify(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  test('leaves out what JSON cannot carry, as JSON.stringify does', () => {
    expect([stringify(undefined), stringify({ a: undefined, b: [undefined] })]).toEqual([undefined, '{"b":[null]}']);
    const shallow = { a: undefined, b: [undefined, Number.NaN] };
    const nested: unknown = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], shallow);
    expect(stringify(nested)).toBe(deep(shallow));
  });

  test('a wide value is no trouble', () => {
    const wide = Array.from({ length: 300_000 }, (_, i) => i);
    const nested: unknown = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], wide);
    expect(stringify(nested)).toBe(deep(wide));
  });

  test('a cycle is an error and not a hang', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => stringify(cycle)).toThrow(TypeError);
  });
});
