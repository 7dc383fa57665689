import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { InvalidOptionsError } from '../../src/core/errors.js';
import { type EtagOptions, etag } from '../../src/protocol/versions/etag.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { answerOf, headerOf } from './answers.js';

const read = (tag: string, options?: EtagOptions) => codecOf(etag(options)).read(answerOf(undefined, { ETag: tag }));

describe('a tag is a version', () => {
  test.each([
    ['"1"'],
    ['W/"1"'],
    ['"abc-gzip"'],
    ['"with blank"'],
    ['"a,b"'],
    ['"0x8DB"'],
    [`W/"datetime'2024-01-01T00%3A00%3A00Z'"`],
    ['"abc"-gzip'],
  ])('%s is read as it came', (tag) => {
    expect(read(tag)).toBe(tag);
  });

  test.each([['""'], ['W/""'], ['*'], ['abc'], ['"a", "b"'], ['"a'], ['w/"1"'], ['W/1'], [''], ['"-gzip"'], ['"a"b"']])(
    '%s is none',
    (tag) => {
      expect(read(tag)).toBeUndefined();
    },
  );

  it('may lack its quotes only where it is taken verbatim, and is no list even there', () => {
    expect(read('null_etag', { weak: 'verbatim' })).toBe('null_etag');
    expect(read('a, b', { weak: 'verbatim' })).toBeUndefined();
  });

  it('is found in the body where the header is missing or hidden', () => {
    const codec = codecOf(etag({ weak: 'verbatim', body: '/@odata.etag' }));
    expect(codec.read(answerOf('{"@odata.etag":"W/\\"1\\""}'))).toBe('W/"1"');
    expect(codec.read(answerOf('{"@odata.etag":"\\"1\\""}'))).toBe('"1"');
    expect(codec.read(answerOf('{"@odata.etag":"W/\\"1\\""}', { ETag: 'W/"2"' }))).toBe('W/"2"');
    const fhir = codecOf(etag({ weak: 'verbatim', body: { pointer: '/meta/versionId', format: 'weak' } }));
    expect(fhir.read(answerOf('{"meta":{"versionId":"3"}}'))).toBe('W/"3"');
    expect(fhir.read(answerOf('{"meta":{}}'))).toBeUndefined();
  });
});

describe('the ending of a coding', () => {
  test.each<[tag: string, coding: string | undefined, options: EtagOptions, version: string]>([
    ['"1-gzip"', 'gzip', {}, '"1"'],
    ['"1--gzip"', 'gzip', {}, '"1"'],
    ['"1;gzip"', 'GZIP', {}, '"1"'],
    ['"1-br"', 'br', {}, '"1"'],
    ['"1"-gzip', 'gzip', {}, '"1"'],
    ['W/"1-gzip"', 'gzip', {}, 'W/"1"'],
    ['"1-gzip"', 'x-gzip', {}, '"1"'],
    ['"1-gzip"', 'br, gzip', {}, '"1"'],
    ['"1-gzip"', undefined, {}, '"1-gzip"'],
    ['"page-1-pt-br"', undefined, {}, '"page-1-pt-br"'],
    ['"page-1-pt-br"', 'gzip', {}, '"page-1-pt-br"'],
    ['"1-gzip"', undefined, { gzipSuffix: 'strip' }, '"1"'],
    ['"1-gzip"', 'gzip', { gzipSuffix: 'keep' }, '"1-gzip"'],
  ])('%s, coded %s, under %j is the version %s', (tag, coding, options, version) => {
    const headers = { ETag: tag, ...(coding && { 'Content-Encoding': coding }) };
    expect(codecOf(etag(options)).read(answerOf(undefined, headers))).toBe(version);
  });
});

test.each<[tag: string, options: EtagOptions, bare: string | undefined]>([
  ['"1-gzip"', {}, '"1"'],
  ['W/"1--br"', {}, 'W/"1"'],
  ['"1"-gzip', {}, '"1"'],
  ['"1"', {}, undefined],
  ['"-gzip"', {}, undefined],
  ['"1-gzip"', { gzipSuffix: 'keep' }, undefined],
  ['bare-gzip', { weak: 'verbatim' }, undefined],
])('%s under %j may be %s with a gateway’s ending', (tag, options, bare) => {
  expect(codecOf(etag(options)).bare?.(tag)).toBe(bare);
});

describe('what is wrong with a tag', () => {
  test.each([['page-1'], ['""1""'], ["'1'"]])('%s is told', (tag) => {
    expect(codecOf(etag()).flaw?.(new Headers({ ETag: tag }))).toMatch(/double quotes.*verbatim/);
  });
  test.each([['"1"'], ['W/"1"'], [undefined]])('nothing of %s', (tag) => {
    expect(codecOf(etag()).flaw?.(new Headers(tag === undefined ? {} : { ETag: tag }))).toBeUndefined();
  });
});

describe('If-Match', () => {
  test.each<[string, EtagOptions, string]>([
    ['"1"', {}, '"1"'],
    ['W/"1"', {}, '"1"'],
    ['W/"1"', { weak: 'verbatim' }, 'W/"1"'],
    ['"page-1-pt-br"', {}, '"page-1-pt-br"'],
    ['W/"1-gzip"', {}, '"1-gzip"'],
    ['W/"1-gzip"', { weak: 'verbatim' }, 'W/"1-gzip"'],
    ['bare', { weak: 'verbatim' }, 'bare'],
  ])('%s under %j goes out as %s', (tag, options, sent) => {
    expect(headerOf(codecOf(etag(options)), tag)).toBe(`If-Match: ${sent}`);
  });

  it('is If-None-Match: * on a create', () => {
    expect(codecOf(etag()).guardCreate()).toEqual({ in: 'header', name: 'If-None-Match', value: '*' });
  });
});

describe('doubt about a tag', () => {
  test.each<[string, EtagOptions, boolean, boolean]>([
    ['"1"', {}, false, false],
    ['W/"1"', {}, true, false],
    ['"page-1-pt-br"', {}, false, false],
    ['W/"1"', { weak: 'refuse' }, false, true],
    ['W/"1"', { weak: 'verbatim' }, false, false],
    ['"1"', { weak: 'refuse' }, false, false],
  ])('%s under %j: ask again %s, refuse %s', (tag, options, dubious, refuses) => {
    const codec = codecOf(etag(options));
    expect([codec.dubious(tag), codec.refuses(tag)]).toEqual([dubious, refuses]);
  });

  test.each<[string, string, boolean, EtagOptions]>([
    ['"1"', 'W/"1"', true, {}],
    ['"1"', '"2"', false, {}],
    ['"page-1-pt"', '"page-1-pt-br"', false, {}],
    ['W/"1"', '"1"', true, { weak: 'verbatim' }],
  ])('%s and %s are the same state: %s', (a, b, same, options) => {
    const codec = codecOf(etag(options));
    expect(codec.key(a) === codec.key(b)).toBe(same);
  });
});

it('names its own header for CORS', () => {
  expect(codecOf(etag())).toMatchObject({ corsHeader: 'ETag', source: 'the ETag header', versioned: true });
});

test.each([
  ['etag.weak', { weak: 'never' }],
  ['etag.gzipSuffix', { gzipSuffix: '' }],
  ['etag({ body })', { body: 'no-slash' }],
  ['etag.body.format', { body: { pointer: '/a', format: 'loud' } }],
])('a wrong %s is named when it is given', (option, options) => {
  const call = () => Reflect.apply(etag, undefined, [options]);
  expect(call).toThrow(InvalidOptionsError);
  expect(call).toThrow(expect.objectContaining({ option }));
});

it('sends back only what a header can carry, whatever comes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary-ascii' }),
      fc.constantFrom<EtagOptions>({}, { weak: 'verbatim' }, { gzipSuffix: 'keep' }),
      (text, options) => {
        const codec = codecOf(etag(options));
        const version = codec.read({ headers: headersWith(text), text: undefined, body: undefined });
        if (version === undefined) return;
        const [name = '', value = ''] = headerOf(codec, version).split(': ');
        expect(new Headers({ [name]: value }).get('if-match')).toBe(value);
        expect(codec.key(version)).toBe(codec.key(value));
      },
    ),
  );
});

function headersWith(tag: string): Headers {
  try {
    return new Headers({ ETag: tag });
  } catch {
    return new Headers(); // No server can send it either.
  }
}
