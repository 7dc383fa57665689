import fc from 'fast-check';

const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'toJSON',
  '',
  '/',
  '~',
  '-',
  '0',
  '01',
  '4294967296',
];

const name: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES, 'title', 'tags', 'body'),
  fc.string({ maxLength: 5 }),
);

/** JSON text, as only text can say `__proto__` without meaning the prototype. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('null', 'true', '0', '-0', '1e400', '1e-400', '9007199254740993', '""', '"\\u0000"', '"\\ud800"'),
    fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
    fc.array(tie('text'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(name, tie('text')), { maxLength: 4 })
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
  ),
})).text;

/** What a body can be. */
export const bodyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: jsonText },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  fc.constantFrom(
    '',
    ' ',
    '<!doctype html><p>no</p>',
    '{"title":',
    '\ufeff{}',
    '[1,2',
    'undefined',
    '{"a":1}{"b":2}',
    'nul\u0000l',
  ),
  {
    weight: 2,
    arbitrary: jsonText.map(
      (text) => `{"type":${text},"title":${text},"detail":${text},"status":${text},"code":${text},"error":${text}}`,
    ),
  },
);

const pointer: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(name, { maxLength: 5 })
    .map((tokens) => tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')),
  fc.constantFrom(
    '/title',
    '/tags',
    '/tags/0',
    '/tags/-',
    '',
    '/',
    'title',
    '/~2',
    '/tags/01',
    '/tags/1e0',
    '/tags/-1',
    '/tags/9007199254740993',
    '/toString/name',
    '/constructor/prototype/x',
    '/__proto__/x',
    '/tags/__proto__/x',
    '/tags/length',
    '/tags/push/x',
  ),
  fc.string({ maxLength: 8 }),
);

/** Operations as nobody should send them, and some as they should. */
export const operation: fc.Arbitrary<unknown> = fc.oneof(
  fc.record(
    {
      op: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test') },
        fc.constantFrom('', 'ADD', '__proto__', 'constructor', 'toString', null, 1),
      ),
      path: fc.oneof({ weight: 8, arbitrary: pointer }, fc.constantFrom(null, 1, undefined, {})),
      from: pointer,
      value: jsonText.map((text): unknown => JSON.parse(text)),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom<unknown[]>(null, undefined, 1, 'add', [], {}, () => {}),
);

const versionLike = fc.oneof(
  fc.constantFrom(
    '"1"',
    '"2"',
    'W/"1"',
    '""',
    '*',
    '"1-gzip"',
    '"unterminated',
    'bare',
    '"a", "b"',
    '"\\"',
    'W/',
    "'1'",
    '"é"',
    '" "',
  ),
  fc.string({ maxLength: 6 }),
);

/** Header values that a Headers object takes; what it refuses cannot arrive. */
export const headers: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    etag: versionLike,
    'retry-after': fc.constantFrom(
      '0',
      '-1',
      '1e9',
      '99999999999999999999',
      '0x10',
      'NaN',
      'Infinity',
      'soon',
      'Fri, 31 Dec 1999 23:59:59 GMT',
      'Fri, 31 Dec 9999 23:59:59 GMT',
      '',
      '0.5',
      '1, 2',
    ),
    'content-type': fc.constantFrom(
      'application/json',
      'text/html',
      'application/problem+json',
      '',
      ';;;',
      'application/json; charset=utf-7',
      'a/b'.repeat(1_000),
    ),
    'content-length': fc.constantFrom('0', '-1', '1e400', '99999999999', 'many'),
    'last-modified': fc.constantFrom('yesterday', 'Fri, 31 Dec 9999 23:59:59 GMT', '0'),
    'accept-patch': fc.constantFrom('', '*/*', 'application/merge-patch+json', 'nonsense', ',,,'),
    location: fc.constantFrom('', '/', '//', 'javascript:alert(1)', 'http://[', 'data:,x', '../../..', '/articles/1'),
    'x-ms-error-code': fc.constantFrom('__proto__', 'constructor', 'LeaseIdMissing', ''),
  },
  { requiredKeys: [] },
);

export const status: fc.Arbitrary<number> = fc.constantFrom(
  200,
  200,
  200,
  201,
  204,
  205,
  304,
  300,
  301,
  302,
  307,
  400,
  401,
  403,
  404,
  405,
  408,
  409,
  409,
  410,
  412,
  412,
  415,
  422,
  423,
  425,
  428,
  429,
  449,
  500,
  501,
  502,
  503,
  504,
  599,
);
