import { describe, expect, test } from 'vitest';
import type { MergeConflict, Side } from '../../src/core/conflict.js';
import { answersTo, settledBy } from '../../src/engine/conflict/asking/answers.js';
import { stillHolding } from '../../src/engine/conflict/asking/still-holding.js';

const side = (value: string | undefined): Side => (value === undefined ? { present: false } : { present: true, value });

const conflict = (basePath: string, remote: string | undefined, path: string = basePath): MergeConflict => ({
  kind: 'value',
  path,
  basePath,
  base: side('base'),
  local: side('local'),
  remote: side(remote),
  operations: [0],
  message: 'Both changed it.',
});

describe('an answer still holds', () => {
  const given = [{ conflict: conflict('/a', 'r1'), resolution: 'local' as const }];

  test('while remote has the same at its place', () => {
    expect(stillHolding(given, [conflict('/a', 'r1')])).toEqual({ '/a': 'local' });
  });
  test('not when remote has something else', () => {
    expect(stillHolding(given, [conflict('/a', 'r2')])).toBeUndefined();
  });
  test('not when remote has nothing there any more', () => {
    expect(stillHolding(given, [conflict('/a', undefined)])).toBeUndefined();
  });
  test('not for another place', () => {
    expect(stillHolding(given, [conflict('/b', 'r1')])).toBeUndefined();
  });
  test('wherever the place has moved to in remote', () => {
    expect(stillHolding(given, [conflict('/a', 'r1', '/moved')])).toEqual({ '/a': 'local' });
  });
  test('and the later of two counts', () => {
    const later = { conflict: conflict('/a', 'r1'), resolution: 'remote' as const };
    expect(stillHolding([...given, later], [conflict('/a', 'r1')])).toEqual({ '/a': 'remote' });
  });
  test('also for a place called __proto__', () => {
    const proto = [{ conflict: conflict('__proto__', 'r1'), resolution: 'local' as const }];
    const holding = stillHolding(proto, [conflict('__proto__', 'r1')]);
    expect(Object.entries(holding ?? {})).toEqual([['__proto__', 'local']]);
  });
});

describe('a table of answers', () => {
  test('is looked up by basePath, and by path where that names it', () => {
    const open = [conflict('/a', 'r'), conflict('/b', 'r', '/c')];
    expect(answersTo(open, { kind: 'resolutions', resolutions: { '/a': 'local', '/c': 'remote' } })).toEqual([
      { conflict: open[0], resolution: 'local' },
      { conflict: open[1], resolution: 'remote' },
    ]);
  });
  test("basePath wins where one place has another one's path", () => {
    const open = [conflict('/0', 'r', '/1'), conflict('/1', 'r', '/2')];
    expect(answersTo(open, { kind: 'resolutions', resolutions: { '/0': 'local', '/1': 'remote' } })).toEqual([
      { conflict: open[0], resolution: 'local' },
      { conflict: open[1], resolution: 'remote' },
    ]);
  });
  test('a path that is the basePath of another conflict answers that one only', () => {
    const open = [conflict('/0', 'r', '/1'), conflict('/1', 'r', '/2')];
    expect(answersTo(open, { kind: 'resolutions', resolutions: { '/1': 'remote' } })).toEqual([
      { conflict: open[1], resolution: 'remote' },
    ]);
  });
  test('what every object inherits is no answer', () => {
    expect(answersTo([conflict('toString', 'r')], { kind: 'resolutions', resolutions: {} })).toEqual([]);
  });
});

test('a whole value is reported as what it chose at each conflict', () => {
  const open = [conflict('/a', 'r'), conflict('/b', 'r')];
  expect(settledBy({ a: 'mine' }, open)).toEqual([
    { ...open[0], by: 'resolver', resolution: { value: 'mine' } },
    { ...open[1], by: 'resolver', resolution: 'remove' },
  ]);
});
