import { expect, test } from 'vitest';
import { apply } from '../../src/core/apply.js';
import { counter } from '../../src/core/index.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import { rebase } from '../../src/core/rebase.js';

test('a merge ends, and tells what stays, where something was moved into what had been moved away itself', () => {
  const base: JsonValue = { list: null, there: { x: 0 } };
  const patch: Patch = [
    {
      op: 'replace',
      path: '/list',
      value: [
        { id: 1, v: 1 },
        { id: 2, v: { a: 1 } },
        { id: 3, v: false },
      ],
    },
    { op: 'move', from: '/list/2/v', path: '/there/-' },
    { op: 'add', path: '/there', value: -1 },
    { op: 'move', from: '/there', path: '/list/3' },
    { op: 'add', path: '/list/1/v/b', value: 2 },
  ];
  const remote: JsonValue = { list: null, there: { id: true, y: 2 } };
  for (const inDoubt of [false, true]) {
    const { patch: onRemote, value, conflicts } = rebase({ base, patch, remote, inDoubt, merge: { '/**': counter() } });
    expect(apply(remote, onRemote)).toEqual(value);
    expect(conflicts.map(({ kind }) => kind)).toEqual(['type-change']);
  }
});
