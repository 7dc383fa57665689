import { readFileSync } from 'node:fs';
import type { Operation } from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../../src/core/assert-json.js';
import { deepEqual } from '../../../src/core/deep-equal.js';
import { InvalidPatchError } from '../../../src/core/errors.js';
import type { JsonValue } from '../../../src/core/json.js';
import { apply } from '../../../src/core/patch/apply.js';

interface SuiteCase {
  readonly comment?: string;
  readonly doc: JsonValue;
  readonly patch: readonly Operation[];
  readonly expected?: JsonValue;
  readonly error?: string;
  readonly disabled?: boolean;
}

/** JSON.parse, so that `__proto__` in a case is data. */
const parse = <T>(text: string): T => JSON.parse(text);

const suite = ['tests', 'spec_tests'].flatMap((name) =>
  parse<SuiteCase[]>(
    readFileSync(new URL(`../../../node_modules/json-patch-test-suite/${name}.json`, import.meta.url), 'utf8'),
  ),
);
const enabled = suite.filter((item) => item.disabled !== true && Array.isArray(item.patch));

function check(item: SuiteCase): void {
  const before = JSON.stringify(item.doc);
  freezeJson(item.doc);
  if (item.error !== undefined) {
    expect(() => apply(item.doc, item.patch)).toThrow(InvalidPatchError);
  } else {
    const result = apply(item.doc, item.patch);
    expect(deepEqual(result, item.expected ?? result), JSON.stringify(result)).toBe(true);
  }
  expect(JSON.stringify(item.doc)).toBe(before);
}

describe('json-patch-test-suite', () => {
  test('has 91 enabled cases', () => {
    expect(enabled).toHaveLength(91);
  });
  test.each(enabled.map((item, at) => [`${at} ${item.comment ?? JSON.stringify(item.patch)}`, item] as const))(
    '%s',
    (_title, item) => {
      check(item);
    },
  );
});

/** What the suite's repository gained after its last release, said again from RFC 6902. */
const later: Record<string, SuiteCase> = {
  'an object document becomes an array document': {
    doc: {},
    patch: [{ op: 'add', path: '', value: [] }],
    expected: [],
  },
  'an array document becomes an object document': {
    doc: [],
    patch: [{ op: 'add', path: '', value: {} }],
    expected: {},
  },
  'a root array is appended to': { doc: [], patch: [{ op: 'add', path: '/-', value: 1 }], expected: [1] },
  'replace under a missing parent fails': {
    doc: { a: 1 },
    patch: [{ op: 'replace', path: '/b/c', value: 1 }],
    error: 'parent',
  },
  'an operation without path fails': { doc: {}, patch: parse('[{"op":"add","value":1}]'), error: 'path' },
  'a null path fails': { doc: {}, patch: parse('[{"op":"add","path":null,"value":1}]'), error: 'path' },
  'a path without leading slash fails': { doc: {}, patch: [{ op: 'add', path: 'a', value: 1 }], error: 'slash' },
  'copy from a missing place fails': { doc: { a: 1 }, patch: [{ op: 'copy', from: '/b', path: '/a' }], error: 'from' },
  'move from a missing place fails': { doc: { a: 1 }, patch: [{ op: 'move', from: '/b', path: '/a' }], error: 'from' },
  'index 00 fails': { doc: ['a', 'b'], patch: [{ op: 'test', path: '/00', value: 'a' }], error: 'zeros' },
  'index 01 fails': { doc: ['a', 'b'], patch: [{ op: 'test', path: '/01', value: 'b' }], error: 'zeros' },
  'remove of a missing member fails': { doc: { a: 1 }, patch: [{ op: 'remove', path: '/b' }], error: 'missing' },
  'remove of a missing deep place fails': { doc: { a: 1 }, patch: [{ op: 'remove', path: '/b/c' }], error: 'missing' },
  'remove past the end fails': { doc: ['a', 'b'], patch: [{ op: 'remove', path: '/2' }], error: 'missing' },
  'names differ by case': { doc: { a: 1 }, patch: [{ op: 'add', path: '/A', value: 2 }], expected: { a: 1, A: 2 } },
  'a copy changed later leaves its source': {
    doc: { a: { b: [{ c: 1 }] } },
    patch: [
      { op: 'copy', from: '/a', path: '/d' },
      { op: 'replace', path: '/d/b/0/c', value: 2 },
    ],
    expected: { a: { b: [{ c: 1 }] }, d: { b: [{ c: 2 }] } },
  },
  'a source changed later leaves its copy': {
    doc: { a: { b: [{ c: 1 }] } },
    patch: [
      { op: 'copy', from: '/a', path: '/d' },
      { op: 'replace', path: '/a/b/0/c', value: 2 },
    ],
    expected: { a: { b: [{ c: 2 }] }, d: { b: [{ c: 1 }] } },
  },
};

/** Where other libraries fail, and what happens inside one patch. */
const ours: Record<string, SuiteCase> = {
  'digits name a member of an object': { doc: { '1': 'a' }, patch: [{ op: 'remove', path: '/1' }], expected: {} },
  'any name is a member of an object': {
    doc: {},
    patch: [
      { op: 'add', path: '/-', value: 1 },
      { op: 'add', path: '/01', value: 2 },
    ],
    expected: { '-': 1, '01': 2 },
  },
  '"-" does not replace': { doc: [1], patch: [{ op: 'replace', path: '/-', value: 2 }], error: '-' },
  '"-" is not below anything': { doc: [[1]], patch: [{ op: 'add', path: '/-/0', value: 2 }], error: '-' },
  'index 4294967296 fails': { doc: [1], patch: [{ op: 'add', path: '/4294967296', value: 2 }], error: 'index' },
  'add at index 01 fails': { doc: [1], patch: [{ op: 'add', path: '/01', value: 2 }], error: 'index' },
  'move into its own child fails, in an array too': {
    doc: [[1], 2],
    patch: [{ op: 'move', from: '/0', path: '/0/0' }],
    error: 'child',
  },
  'move onto itself changes nothing': {
    doc: [1, 2],
    patch: [{ op: 'move', from: '/1', path: '/1' }],
    expected: [1, 2],
  },
  'move of the root onto itself changes nothing': {
    doc: [1],
    patch: [{ op: 'move', from: '', path: '' }],
    expected: [1],
  },
  'move onto itself fails where nothing is': {
    doc: [],
    patch: [{ op: 'move', from: '/1', path: '/1' }],
    error: 'missing',
  },
  'a child can become the root': {
    doc: { a: { b: 1 } },
    patch: [{ op: 'move', from: '/a', path: '' }],
    expected: { b: 1 },
  },
  'a child can take its parent’s place': {
    doc: { a: { b: 1 } },
    patch: [{ op: 'move', from: '/a/b', path: '/a' }],
    expected: { a: 1 },
  },
  'the root cannot be removed': { doc: { a: 1 }, patch: [{ op: 'remove', path: '' }], error: 'root' },
  'the root can be copied into itself': {
    doc: { a: 1 },
    patch: [
      { op: 'copy', from: '', path: '/b' },
      { op: 'replace', path: '/b/a', value: 2 },
    ],
    expected: { a: 1, b: { a: 2 } },
  },
  'a moved item changed later is changed once': {
    doc: [{ a: { b: 1 } }, 0],
    patch: [
      { op: 'replace', path: '/0/a/b', value: 2 },
      { op: 'move', from: '/0', path: '/1' },
      { op: 'copy', from: '/1', path: '/0' },
      { op: 'replace', path: '/2/a/b', value: 3 },
    ],
    expected: [{ a: { b: 2 } }, 0, { a: { b: 3 } }],
  },
  'a value inserted twice is two values': {
    doc: {},
    patch: ((value: JsonValue): Operation[] => [
      { op: 'add', path: '/a', value },
      { op: 'add', path: '/b', value },
      { op: 'add', path: '/a/0', value: 1 },
    ])([]),
    expected: { a: [1], b: [] },
  },
  'a test inside a patch sees what came before it': {
    doc: { a: 1 },
    patch: [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'test', path: '/a', value: 2 },
    ],
    expected: { a: 2 },
  },
  'a test of a missing place fails': { doc: {}, patch: [{ op: 'test', path: '/a', value: null }], error: 'test' },
  'a test does not mind the order of members': {
    doc: { a: 1, b: 2 },
    patch: [{ op: 'test', path: '', value: { b: 2, a: 1 } }],
    expected: { a: 1, b: 2 },
  },
  'nothing is below a scalar': { doc: { a: 'text' }, patch: [{ op: 'add', path: '/a/0', value: 1 }], error: 'scalar' },
  'nothing is below null': { doc: null, patch: [{ op: 'add', path: '/a', value: 1 }], error: 'null' },
  'length of a list is not a place': {
    doc: [1],
    patch: [{ op: 'replace', path: '/length', value: 0 }],
    error: 'length',
  },
};
describe.each(Object.entries({ ...later, ...ours }))('%s', (_title, item) => {
  test('by RFC 6902', () => check(item));
});

describe('hostile names are plain data', () => {
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
    '',
    'a/b',
    '~',
    '~1',
  ];
  const builtins = (): string =>
    JSON.stringify(
      [Object, Object.prototype, Array.prototype, Function.prototype].map((o) => Reflect.ownKeys(o).map(String)),
    );

  test.each(names)('%j can be added, replaced, tested, copied, moved and removed', (name) => {
    const before = builtins();
    const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const steps: [Operation, JsonValue][] = [
      [{ op: 'add', path, value: { x: 1 } }, parse(`{${JSON.stringify(name)}:{"x":1}}`)],
      [{ op: 'replace', path: `${path}/x`, value: 2 }, parse(`{${JSON.stringify(name)}:{"x":2}}`)],
      [{ op: 'test', path, value: { x: 2 } }, parse(`{${JSON.stringify(name)}:{"x":2}}`)],
      [{ op: 'copy', from: path, path: '/other' }, parse(`{${JSON.stringify(name)}:{"x":2},"other":{"x":2}}`)],
      [{ op: 'remove', path }, { other: { x: 2 } }],
      [{ op: 'move', from: '/other', path }, parse(`{${JSON.stringify(name)}:{"x":2}}`)],
    ];
    let document: JsonValue = freezeJson({});
    for (const [operation, expected] of steps) {
      document = freezeJson(apply(document, [operation]));
      expect(deepEqual(document, expected), JSON.stringify(document)).toBe(true);
    }
    expect(builtins()).toBe(before);
  });

  test.each([
    '/toString/foo',
    '/constructor/foo',
    '/constructor/prototype/foo',
    '/__proto__/foo',
    '/a/push/x',
    '/a/__proto__/x',
    '/a/constructor/x',
  ])('%s leads nowhere and touches no builtin', (path) => {
    const before = builtins();
    expect(() => apply({ a: [] }, [{ op: 'add', path, value: 1 }])).toThrow(InvalidPatchError);
    expect(builtins()).toBe(before);
  });
});

describe('copy on write', () => {
  test('what the patch does not touch is shared, what it touches is not', () => {
    const document = freezeJson({ a: { b: 1 }, c: { d: [1] } });
    const result = apply(document, [{ op: 'replace', path: '/a/b', value: 2 }]);
    expect(result).toEqual({ a: { b: 2 }, c: { d: [1] } });
    expect(Object.entries(result ?? {}).find(([key]) => key === 'c')?.[1]).toBe(document.c);
  });

  test('an empty patch gives the document itself', () => {
    const document = { a: 1 };
    expect(apply(document, [])).toBe(document);
  });

  test('a value in the patch is not written to by a later operation', () => {
    const value = freezeJson({ list: [] as JsonValue[] });
    expect(
      apply({}, [
        { op: 'add', path: '/a', value },
        { op: 'add', path: '/a/list/-', value: 1 },
      ]),
    ).toEqual({ a: { list: [1] } });
    expect(value).toEqual({ list: [] });
  });

  test('a document 1,000 levels deep can be changed at its end, and one level more is refused', () => {
    const parts = Array.from({ length: 1_000 }, (_, at) => (at % 2 === 0 ? 'a' : '0'));
    const document: JsonValue = parse(
      parts.map((part) => (part === 'a' ? '{"a":' : '[')).join('') +
        '1' +
        parts
          .map((part) => (part === 'a' ? '}' : ']'))
          .reverse()
          .join(''),
    );
    const path = `/${parts.join('/')}`;
    const result = apply(document, [{ op: 'replace', path, value: 2 }]);
    expect(() => apply(result, [{ op: 'test', path, value: 2 }])).not.toThrow();
    expect(() => apply(document, [{ op: 'test', path, value: 1 }])).not.toThrow();
    expect(() => apply(document, [{ op: 'replace', path, value: [] }])).toThrow(/more than 1,000 levels/);
    expect(() => apply([document], [])).toThrow(/more than 1,000 levels/);
  });
});

test('the error says which operation, what is wrong, and how to mend it', () => {
  const error: unknown = (() => {
    try {
      return apply({ list: [1, 2] }, [
        { op: 'remove', path: '/list/0' },
        { op: 'replace', path: '/list/1', value: 3 },
      ]);
    } catch (caught) {
      return caught;
    }
  })();
  expect(error).toMatchObject({
    name: 'InvalidPatchError',
    code: 'ERR_INVALID_PATCH',
    index: 1,
    reason: 'its list of length 1 has no place "1"',
    message:
      'Operation 1 (replace "/list/1") cannot be applied: its list of length 1 has no place "1". Count from 0, without leading zeros; "-" only adds.',
  });
});
