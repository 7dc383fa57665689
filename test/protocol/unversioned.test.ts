import { expect, it } from 'vitest';
import { unversioned } from '../../src/protocol/versions/unversioned.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { answerOf } from './answers.js';

it('reads nothing and makes nothing conditional', () => {
  const codec = codecOf(unversioned());
  expect(codec.versioned).toBe(false);
  expect(codec.read(answerOf('{"version":1}', { ETag: '"1"' }))).toBeUndefined();
  expect(codec.guard('1')).toEqual({ in: 'query', parameters: [] });
  expect(codec.guardCreate()).toBeUndefined();
});
