import { expect, test } from 'vitest';
import type { JsonValue } from '../../../src/core/json.js';
import { decideByRule } from '../../../src/core/rules/decide.js';
import { sides } from './sides.js';

const ordered: [smaller: JsonValue, larger: JsonValue, field?: string][] = [
  [1, 2],
  [-2, -1.5],
  ['2026-01-01', '2026-01-02'],
  ['9', '10'],
  ['007', '8'],
  ['12345678901234567890', '12345678901234567891'],
  ['9-abc', '9-abd'],
  ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.5Z'],
  ['2026-01-01T10:00:00.49Z', '2026-01-01T10:00:00.5Z'],
  ['2026-01-01T10:00:00.1234567Z', '2026-01-01T10:00:00.1234568Z'],
  ['2026-01-01T12:30:00+02:00', '2026-01-01T12:00:00Z'],
  ['2026-01-01T09:30Z', '2026-01-01T10:00:00+00:00'],
  ['2026-01-01T10:00:00', '2026-01-01T10:00:01'],
  ['', 'a'],
  [{ at: 1, row: 9 }, { at: 2, row: 1 }, '/at'],
  [{ a: { 'b/c': ['x', '1'] } }, { a: { 'b/c': ['x', '2'] } }, '/a/b~1c/1'],
];

test.each(ordered)('%j is older than %j', (smaller, larger, field) => {
  const rule = field === undefined ? { rule: 'latest' } : { rule: 'latest', field };
  const resolved = (resolution: string) => ({ kind: 'resolution', resolution });
  expect(decideByRule(rule, sides(0, larger, smaller))).toEqual(resolved('local'));
  expect(decideByRule(rule, sides(undefined, smaller, larger))).toEqual(resolved('remote'));
});

const incomparable: [a: JsonValue, b: JsonValue, field?: string][] = [
  [1, '2'],
  [true, false],
  [null, 1],
  [['a'], ['b']],
  [{ a: 1 }, { a: 2 }],
  ['1', '01'],
  ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z'],
  ['2026-01-01T10:00:00Z', '2026-01-01T12:00:00+02:00'],
  ['2026-01-01T10:00:00Z', '2026-01-02'],
  ['2026-99-01T10:00:00Z', '2026-01-01T10:00:00Z'],
  [{ at: 1, row: 1 }, { at: 1, row: 2 }, '/at'],
  [{ at: 1 }, {}, '/at'],
  [{}, {}, '/toString'],
  [1, 2, '/at'],
];

test.each(incomparable)('nothing says which of %j and %j is later', (a, b, field) => {
  const rule = field === undefined ? { rule: 'latest' } : { rule: 'latest', field };
  expect(decideByRule(rule, sides(0, a, b))).toEqual({ kind: 'conflict' });
  expect(decideByRule(rule, sides(0, b, a))).toEqual({ kind: 'conflict' });
});

test.each([
  [undefined, 1],
  [1, undefined],
])('where a side has nothing, the rule has nothing to say', (local, remote) => {
  expect(decideByRule({ rule: 'latest' }, sides(0, local, remote))).toBeUndefined();
});

test.each(['list', 'set', 'atomic', 'server', 'merge'])('%s decides no values', (rule) => {
  expect(decideByRule({ rule }, sides(1, 2, 3))).toBeUndefined();
});
