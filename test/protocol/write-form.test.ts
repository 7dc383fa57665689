import { describe, expect, it, test } from 'vitest';
import type { JsonValue } from '../../src/core/json.js';
import { buildDelete, buildWrite, type WriteInput } from '../../src/protocol/body/write-form.js';
import { etag } from '../../src/protocol/versions/etag.js';
import { field } from '../../src/protocol/versions/field.js';
import type { Guard } from '../../src/protocol/versions/version-scheme.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';

const TAG: Guard = { in: 'header', name: 'If-Match', value: '"1"' };
const QUERY: Guard = { in: 'query', parameters: [['rev', '1']] };
const BODY = codecOf(field('/meta/v')).guard('18446744073709551615');
const TEST = codecOf(field('/meta/v', { send: 'test' })).guard('18446744073709551615');

const same = (value: JsonValue): JsonValue => value;
const base = { title: 'a', meta: { v: 18446744073709552000 } };
const local = { title: 'b', meta: { v: 18446744073709552000 } };
const edit: WriteInput = {
  form: 'put',
  base,
  local,
  patch: [{ op: 'replace', path: '/title', value: 'b' }],
  guard: undefined,
  wrap: same,
};

const JSON_PATCH = ['Content-Type', 'application/json-patch+json'];
const MERGE_PATCH = ['Content-Type', 'application/merge-patch+json'];
const PUT = ['Content-Type', 'application/json'];

describe('the bytes of a write', () => {
  test.each<[string, Partial<WriteInput>, unknown]>([
    [
      'a PUT with a tag',
      { guard: TAG },
      {
        method: 'PUT',
        headers: [PUT, ['If-Match', '"1"']],
        query: [],
        body: '{"title":"b","meta":{"v":18446744073709552000}}',
      },
    ],
    [
      'a PUT with a version in the query',
      { guard: QUERY },
      { method: 'PUT', headers: [PUT], query: [['rev', '1']], body: '{"title":"b","meta":{"v":18446744073709552000}}' },
    ],
    [
      'a PUT with a version in the body, digit for digit',
      { guard: BODY },
      { method: 'PUT', headers: [PUT], query: [], body: '{"title":"b","meta":{"v":18446744073709551615}}' },
    ],
    [
      'a PUT in an envelope',
      {
        guard: { in: 'body', places: [{ tokens: ['options', 'cas'], literal: '4' }] },
        wrap: (value) => ({ data: value }),
        local: { title: 'b' },
      },
      { method: 'PUT', headers: [PUT], query: [], body: '{"data":{"title":"b"},"options":{"cas":4}}' },
    ],
    [
      'a JSON Patch with a tag',
      { form: 'json-patch', guard: TAG },
      {
        method: 'PATCH',
        headers: [JSON_PATCH, ['If-Match', '"1"']],
        query: [],
        body: '[{"op":"replace","path":"/title","value":"b"}]',
      },
    ],
    [
      'a JSON Patch with a leading test',
      { form: 'json-patch', guard: TEST },
      {
        method: 'PATCH',
        headers: [JSON_PATCH],
        query: [],
        body: '[{"op":"test","path":"/meta/v","value":18446744073709551615},{"op":"replace","path":"/title","value":"b"}]',
      },
    ],
    [
      'a JSON Patch whose version is in the body',
      { form: 'json-patch', guard: BODY, patch: [] },
      {
        method: 'PATCH',
        headers: [JSON_PATCH],
        query: [],
        body: '[{"op":"test","path":"/meta/v","value":18446744073709551615}]',
      },
    ],
    [
      'a merge patch with a tag',
      { form: 'merge-patch', guard: TAG },
      { method: 'PATCH', headers: [MERGE_PATCH, ['If-Match', '"1"']], query: [], body: '{"title":"b"}' },
    ],
    [
      'a merge patch with its version in the body',
      { form: 'merge-patch', guard: BODY },
      { method: 'PATCH', headers: [MERGE_PATCH], query: [], body: '{"title":"b","meta":{"v":18446744073709551615}}' },
    ],
    [
      'a merge patch in an envelope that holds it',
      { form: 'merge-patch', guard: TAG, wrap: (value) => ({ article: value }) },
      { method: 'PATCH', headers: [MERGE_PATCH, ['If-Match', '"1"']], query: [], body: '{"article":{"title":"b"}}' },
    ],
    [
      'a create, whatever the form',
      { form: 'json-patch', base: undefined, guard: codecOf(etag()).guardCreate() },
      {
        method: 'PUT',
        headers: [PUT, ['If-None-Match', '*']],
        query: [],
        body: '{"title":"b","meta":{"v":18446744073709552000}}',
      },
    ],
  ])('%s', (_, change, parts) => {
    expect(buildWrite({ ...edit, ...change })).toEqual(parts);
  });
});

describe('what a form cannot say is handed to the next one', () => {
  const base64 = (value: JsonValue): unknown => ({ content: btoa(JSON.stringify(value)) });
  test.each<[string, Partial<WriteInput>, string]>([
    [
      'a JSON Patch inside an envelope',
      { form: 'json-patch', wrap: (value) => ({ node: value }) },
      'inside the envelope',
    ],
    ['a merge patch that sets null', { form: 'merge-patch', local: { ...local, title: null } }, 'null removes it'],
    ['a merge patch in base64', { form: 'merge-patch', wrap: base64 }, 'changes the value'],
    [
      'a merge patch with a version inside an array',
      {
        form: 'merge-patch',
        base: { a: [{ v: 1 }], t: 1 },
        local: { a: [{ v: 1 }], t: 2 },
        guard: { in: 'body', places: [{ tokens: ['a', '0', 'v'], literal: '1' }] },
      },
      'inside an array',
    ],
    ['a merge patch with a test', { form: 'merge-patch', guard: TEST }, '`test`'],
    ['a PUT with a test', { guard: TEST }, '`test`'],
    ['a PUT whose version has no place', { local: { meta: 'text' }, guard: BODY }, 'cannot be reached'],
    [
      'a JSON Patch with a bigint',
      { form: 'json-patch', patch: [Reflect.apply(Object, undefined, [{ op: 'add', path: '/a', value: 1n }])] },
      'BigInt',
    ],
  ])('%s', (_, change, reason) => {
    expect(buildWrite({ ...edit, ...change })).toEqual({ impossible: expect.stringContaining(reason) });
  });
});

describe('a delete', () => {
  it('carries headers and queries', () => {
    expect(buildDelete(TAG)).toEqual({ method: 'DELETE', headers: [['If-Match', '"1"']], query: [], body: undefined });
    expect(buildDelete(QUERY)).toEqual({ method: 'DELETE', headers: [], query: [['rev', '1']], body: undefined });
    expect(buildDelete(undefined)).toEqual({ method: 'DELETE', headers: [], query: [], body: undefined });
  });

  test.each([BODY, TEST])('cannot carry a version in its $in', (guard) => {
    expect(buildDelete(guard)).toEqual({ impossible: expect.stringContaining('no body') });
  });
});

it('changes none of its inputs', () => {
  const frozen = Object.freeze({
    ...edit,
    guard: BODY,
    local: Object.freeze({ ...local, meta: Object.freeze({ ...local.meta }) }),
  });
  expect(() => buildWrite(frozen)).not.toThrow();
  expect(() => buildWrite({ ...frozen, form: 'merge-patch' })).not.toThrow();
});
