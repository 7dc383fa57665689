import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CODE_PLACES, CODE_VERDICTS, CODES, codesOf, verdictOfCodes } from '../../src/protocol/verdict/codes-of.js';
import { refusal } from './answers.js';

describe('a code is found', () => {
  test.each(CODE_PLACES.map((place) => [`/${place.join('/')}`, place] as const))('at %s', (_, place) => {
    const body = place.reduceRight<unknown>(
      (inner, name) => (name === '*' ? [{}, inner] : { [name]: inner }),
      'SomeCode',
    );
    expect(codesOf(refusal(409, body))).toContain('SomeCode');
    expect(codesOf(refusal(409, JSON.stringify(body)))).toContain('SomeCode');
  });

  test.each<[string, unknown, Record<string, string>, string]>([
    ['in x-ms-error-code', undefined, { 'x-ms-error-code': 'ConditionNotMet' }, 'ConditionNotMet'],
    [
      'in the XML of Azure',
      '<?xml version="1.0"?><Error><Code>LeaseIdMissing</Code><Message>…</Message></Error>',
      {},
      'LeaseIdMissing',
    ],
    ['in the XML of OData', '<m:error xmlns:m="http://x"><m:code>0x</m:code></m:error>', {}, '0x'],
    [
      'as a condition of WebDAV',
      '<D:error xmlns:D="DAV:"><D:lock-token-submitted><D:href>/a</D:href></D:lock-token-submitted></D:error>',
      {},
      'lock-token-submitted',
    ],
    ['at the end of a problem type', { type: 'https://example.com/problems/version-mismatch' }, {}, 'version-mismatch'],
    ['at the end of a URN', { type: 'urn:problem:uniqueness' }, {}, 'uniqueness'],
    ['as a number', { errno: 114 }, {}, '114'],
    ['as the whole text', 'version_mismatch', {}, 'version_mismatch'],
  ])('%s', (_, body, headers, code) => {
    expect(codesOf(refusal(409, body, { headers }))).toContain(code);
  });

  test.each<[string, unknown]>([
    ['an empty body', undefined],
    ['an empty text', ''],
    ['HTML', '<html><title>409 Conflict</title></html>'],
    ['a sentence', 'Something went wrong.'],
    ['an array', [1, 2]],
    ['a code that is a page', { code: 'x'.repeat(1000) }],
    ['codes below inherited names', JSON.parse('{"__proto__":{"code":"Conflict"}}')],
  ])('not in %s', (_, body) => {
    expect(codesOf(refusal(409, body))).toEqual([]);
  });
});

describe('a known code', () => {
  test.each(CODE_VERDICTS.flatMap((verdict) => CODES[verdict].map((code) => [code, verdict] as const)))(
    '%s means %s',
    (code, verdict) => {
      expect(verdictOfCodes([code.replace('*', 'Lost')])).toBe(verdict);
    },
  );

  it('stands in one row only', () => {
    const all = CODE_VERDICTS.flatMap((verdict) => CODES[verdict]);
    expect(new Set(all).size).toBe(all.length);
  });

  test.each([
    [['Conflict', 'FieldManagerConflict'], 'refused'],
    [['PreconditionFailed', 'LeaseIdMissing'], 'locked'],
    [['409', 'unknown'], undefined],
    [['CONFLICT', 'leaseidmissing'], undefined],
    [[], undefined],
  ])('among %j decides: %s', (codes, verdict) => {
    expect(verdictOfCodes(codes)).toBe(verdict);
  });
});

it('never throws, whatever the body', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      expect(Array.isArray(codesOf(refusal(409, body)))).toBe(true);
    }),
  );
});
