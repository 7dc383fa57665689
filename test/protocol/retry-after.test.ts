import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { retryAfterMs } from '../../src/protocol/verdict/retry-after.js';

const NOW = Date.parse('Sun, 06 Nov 1994 08:49:00 GMT');

test.each<[string, Record<string, string>, unknown, number | undefined]>([
  ['seconds', { 'Retry-After': '120' }, undefined, 120_000],
  ['zero seconds', { 'Retry-After': '0' }, undefined, 0],
  ['parts of a second', { 'Retry-After': '0.25' }, undefined, 250],
  ['an IMF date', { 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT' }, undefined, 37_000],
  ['an RFC 850 date', { 'Retry-After': 'Sunday, 06-Nov-94 08:49:37 GMT' }, undefined, 37_000],
  ['an asctime date, which is in GMT', { 'Retry-After': 'Sun Nov  6 08:49:37 1994' }, undefined, 37_000],
  ['a date gone by', { 'Retry-After': 'Sun, 06 Nov 1994 08:48:00 GMT' }, undefined, 0],
  ['ten years', { 'Retry-After': '315360000' }, undefined, 315_360_000_000],
  ['milliseconds of Azure', { 'Retry-After-Ms': '15' }, undefined, 15],
  ['milliseconds of Cosmos, which are finer', { 'x-ms-retry-after-ms': '15', 'Retry-After': '1' }, undefined, 15],
  ['garbage before a good header', { 'x-ms-retry-after-ms': 'soon', 'Retry-After': '1' }, undefined, 1000],
  ['seconds in a Kubernetes Status', {}, { kind: 'Status', details: { retryAfterSeconds: 2 } }, 2000],
  ['no seconds in a Kubernetes Status', {}, { kind: 'Status', details: { retryAfterSeconds: 0 } }, undefined],
  [
    "a date, by the answer's own clock",
    { 'Retry-After': 'Sun, 06 Nov 2044 08:49:42 GMT', Date: 'Sun, 06 Nov 2044 08:49:37 GMT' },
    undefined,
    5_000,
  ],
  ['seconds, whatever the clock', { 'Retry-After': '2', Date: 'Sun, 06 Nov 2044 08:49:37 GMT' }, undefined, 2_000],
  ['nothing', {}, undefined, undefined],
  ['a negative number', { 'Retry-After': '-5' }, undefined, undefined],
  ['a word', { 'Retry-After': 'later' }, undefined, undefined],
  ['a list', { 'Retry-After': '1, 2' }, undefined, undefined],
  ['hexadecimal', { 'Retry-After': '0x10' }, undefined, undefined],
  ['an exponent', { 'Retry-After': '1e9' }, undefined, undefined],
  ['an ISO date', { 'Retry-After': '1994-11-06T08:49:37Z' }, undefined, undefined],
  ['an empty header', { 'Retry-After': '' }, undefined, undefined],
  ['text in the body', {}, { details: { retryAfterSeconds: '2' } }, undefined],
  ['null in the body', {}, { details: null }, undefined],
])('%s', (_, headers, body, ms) => {
  expect(retryAfterMs(new Headers(headers), body, NOW)).toBe(ms);
});

it('is never negative, NaN or infinite, whatever comes', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789 .,:-+eGMTSunNov'), maxLength: 40 });
  fc.assert(
    fc.property(text, fc.jsonValue(), (header, body) => {
      const ms = retryAfterMs(new Headers({ 'Retry-After': header }), body, NOW);
      expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
    }),
  );
});
