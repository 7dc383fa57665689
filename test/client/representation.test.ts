import { expect, test } from 'vitest';
import { isRepresentation } from '../../src/client/write/representation.js';
import type { JsonValue } from '../../src/core/json.js';

const cases: [title: string, body: JsonValue, written: JsonValue, representation: boolean][] = [
  ['what was written', { a: 1 }, { a: 1 }, true],
  ['with members of the server', { a: 1, updatedAt: 'now' }, { a: 1 }, true],
  ['with members the server changed', { a: 2 }, { a: 1 }, true],
  ['a receipt', { ok: true, id: '1', rev: '2-x' }, { a: 1 }, false],
  ['a part of it', { a: 1 }, { a: 1, b: 2 }, false],
  ['an inherited name', {}, { toString: 1 }, false],
  ['a list for an object', [], { a: 1 }, false],
  ['null for an object', null, { a: 1 }, false],
  ['a list for a list', [1, 2], [1], true],
  ['an object for a list', { items: [1] }, [1], false],
  ['the same scalar', 'x', 'x', true],
  ['another scalar', 'ok', 'x', false],
  ['a receipt for an empty object: nothing tells', { ok: true }, {}, false],
];
test.each(cases)('%s', (_title, body, written, representation) => {
  expect(isRepresentation(body, written, undefined)).toBe(representation);
});
