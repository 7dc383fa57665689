import { rebase } from 'unconflict/core';
import { expect, test } from 'vitest';

const base = { a: { x: 1, y: 1, z: [1] }, n: 1 };
const inPlace = { ...base, a: { ...base.a, y: 9 } };
const moved = { n: 1, b: { ...base.a, x: 2 } };
const carried = { n: 1, w: { a: { ...base.a, x: 2 } } };
const gone = { n: 1, other: { x: 5, y: 6, z: [7] } };

test.each([
  ['the server', inPlace, moved, '/b'],
  ['the server, into something new', inPlace, carried, '/w/a'],
  ['the edit', moved, inPlace, '/b'],
  ['the edit, into something new', carried, inPlace, '/w/a'],
])('what %s changed and moved is not told as deleted, and where it may be is', (_who, local, remote, at) => {
  const { conflicts } = rebase({ base, local, remote });
  expect(conflicts.map(({ basePath, message }) => ({ basePath, message }))).toEqual([
    { basePath: '/a', message: expect.stringMatching(`any more.* It may be at "${at}" now`) },
  ]);
  expect(conflicts[0]?.message).not.toContain('deleted');
});

test.each([
  ['the server', inPlace, gone],
  ['the edit', gone, inPlace],
])('what %s deleted is told as deleted, whatever else was added', (_who, local, remote) => {
  expect(rebase({ base, local, remote }).conflicts[0]?.message).toContain('deleted');
});
