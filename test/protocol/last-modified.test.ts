import { expect, it, test } from 'vitest';
import { lastModified } from '../../src/protocol/versions/last-modified.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { answerOf, headerOf } from './answers.js';

const codec = codecOf(lastModified());
const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';

it('goes from Last-Modified to If-Unmodified-Since as it came', () => {
  expect(codec.read(answerOf(undefined, { 'Last-Modified': DATE }))).toBe(DATE);
  expect(headerOf(codec, DATE)).toBe(`If-Unmodified-Since: ${DATE}`);
  expect(codec.guardCreate()).toEqual({ in: 'header', name: 'If-None-Match', value: '*' });
});

test.each(['', 'yesterday-ish', '"etag"'])('%j is no date and no version', (text) => {
  expect(codec.read(answerOf(undefined, { 'Last-Modified': text }))).toBeUndefined();
});

test.each([
  [DATE, 'Sunday, 06-Nov-94 08:49:37 GMT', true],
  [DATE, 'Sun, 06 Nov 1994 08:49:38 GMT', false],
  ['nonsense', 'nonsense', true],
  ['nonsense', 'other', false],
])('%s and %s are the same moment: %s', (a, b, same) => {
  expect(codec.key(a) === codec.key(b)).toBe(same);
});
