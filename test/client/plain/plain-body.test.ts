import { describe, expect, test } from 'vitest';
import { intentOf, understand } from '../../../src/client/plain/plain-body.js';

const JSON_PATCH = 'application/json-patch+json';
const MERGE = 'application/merge-patch+json';
const understood: [title: string, method: string, type: string | undefined, text: string, body: object][] = [
  ['JSON by PUT', 'PUT', 'application/json', '{"a":1}', { form: 'put', value: { a: 1 } }],
  ['with a charset', 'PUT', 'application/json; charset=utf-8', '5', { form: 'put', value: 5 }],
  ['JSON of a kind of its own by PUT', 'PUT', 'application/vnd.api+json', '[]', { form: 'put', value: [] }],
  ['text/json by PUT', 'PUT', 'text/json', 'null', { form: 'put', value: null }],
  ['a type in capitals', 'PUT', 'Application/JSON', '{}', { form: 'put', value: {} }],
  [
    'a JSON Patch',
    'PATCH',
    JSON_PATCH,
    '[{"op":"remove","path":"/a"}]',
    { form: 'json-patch', operations: [{ op: 'remove', path: '/a' }] },
  ],
  ['an empty JSON Patch', 'PATCH', JSON_PATCH, '[]', { form: 'json-patch', operations: [] }],
  ['a merge patch', 'PATCH', `${MERGE};charset=utf-8`, '{"a":null}', { form: 'merge-patch', value: { a: null } }],
  ['an object by PATCH of JSON', 'PATCH', 'application/json', '{"a":1}', { form: 'merge-patch', value: { a: 1 } }],
  [
    'an object by PATCH of a type of its own',
    'PATCH',
    'application/vnd.a+json',
    '{"a":1}',
    { form: 'merge-patch', value: { a: 1 } },
  ],
  [
    'operations by PATCH of JSON',
    'PATCH',
    'application/json',
    '[{"op":"remove","path":"/a"}]',
    { form: 'json-patch', operations: [{ op: 'remove', path: '/a' }] },
  ],
  ['a body without a type', 'PUT', undefined, '{"a":1}', { form: 'put', value: { a: 1 } }],
  [
    'the type that fetch gives to text',
    'PATCH',
    'text/plain;charset=UTF-8',
    '{"a":1}',
    { form: 'merge-patch', value: { a: 1 } },
  ],
];
test.each(understood)('understands %s', (_title, method, type, text, body) => {
  expect(understand(method, type, text)).toEqual(body);
});

const untouched: [title: string, method: string, type: string | undefined, text: string][] = [
  ['a list of something else by PATCH', 'PATCH', 'application/json', '[{"a":1}]'],
  ['a scalar by PATCH', 'PATCH', 'application/json', '1'],
  ['a list of commands (SCIM)', 'PATCH', 'application/scim+json', '{"Operations":[]}'],
  ['a scalar without a type', 'PUT', undefined, '5'],
  ['text', 'PUT', 'text/plain', 'hello'],
  ['a form', 'PUT', 'application/x-www-form-urlencoded', 'a=1'],
  ['JSON lines', 'PUT', 'application/jsonl', '{}'],
  ['what is no JSON', 'PUT', 'application/json', '{a:1}'],
  ['nothing', 'PUT', 'application/json', ''],
  ['a JSON Patch that is an object', 'PATCH', JSON_PATCH, '{"op":"remove","path":"/a"}'],
  ['a JSON Patch of something else', 'PATCH', JSON_PATCH, '[1]'],
  ['a JSON Patch by PUT', 'PUT', JSON_PATCH, '[{"op":"remove","path":"/a"}]'],
  ['a merge patch by PUT', 'PUT', MERGE, '{"a":1}'],
  ['another patch', 'PATCH', 'application/strategic-merge-patch+json', '{"a":1}'],
];
test.each(untouched)('leaves alone %s', (_title, method, type, text) => {
  expect(understand(method, type, text)).toBeUndefined();
});

describe('what a body means', () => {
  const base = { a: 1, b: { c: 1 } };
  test('by PUT is what differs from the base', () => {
    expect(intentOf({ form: 'put', value: { a: 2, b: { c: 1 } } }, base, {})).toEqual({
      base,
      local: { a: 2, b: { c: 1 } },
      patch: [{ op: 'replace', path: '/a', value: 2 }],
      isDerived: true,
    });
  });
  test('by merge patch is what it changes', () => {
    expect(intentOf({ form: 'merge-patch', value: { b: { c: null } } }, base, {})).toEqual({
      base,
      local: { a: 1, b: {} },
      patch: [{ op: 'remove', path: '/b/c' }],
      isDerived: true,
    });
  });
  test('by JSON Patch is that patch, operation by operation', () => {
    const operations = [
      { op: 'test', path: '/a', value: 1 } as const,
      { op: 'replace', path: '/a', value: 1 } as const,
    ];
    expect(intentOf({ form: 'json-patch', operations }, base, {})).toEqual({
      base,
      local: base,
      patch: operations,
      isDerived: false,
    });
  });
  test('by a JSON Patch that does not fit is an error', () => {
    expect(() => intentOf({ form: 'json-patch', operations: [{ op: 'remove', path: '/x' }] }, base, {})).toThrowError(
      expect.objectContaining({ code: 'ERR_INVALID_PATCH', index: 0 }),
    );
  });
});
