import { expect, test } from 'vitest';
import { randomId } from '../../src/client/platform.js';

test('an id is 128 random bits in hex', () => {
  const ids = Array.from({ length: 1_000 }, randomId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
});
