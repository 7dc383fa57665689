import { expect, test } from 'vitest';
import { jsonText } from '../../src/protocol/body/body.js';

test('it is what JSON.stringify makes of it', () => {
  for (const value of [1, 'x', null, [1, undefined], { a: undefined }, new Date(0)]) {
    expect(jsonText(value)).toBe(JSON.stringify(value));
  }
  expect(jsonText(undefined)).toBe('null');
});
