import type { MergeConflict } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { namerOf } from '../../src/session/label.js';

const at = (basePath: string): MergeConflict => ({
  kind: 'value',
  path: basePath,
  basePath,
  base: { present: false },
  local: { present: false },
  remote: { present: false },
  operations: [],
  message: '',
});

const base = {
  title: 'x',
  checklist: [
    { id: 1, title: 'Buy milk', done: false },
    { id: 2, done: false },
  ],
  tags: ['red', 5],
  lists: [[1]],
  long: [{ name: 'A name that goes on and on and on until nobody reads it' }],
  map: { '1': { 'a b': 1 } },
};

describe('a place is called', () => {
  test.each([
    ['', 'The whole document'],
    ['/title', 'Title'],
    ['/publishedAt', 'Published at'],
    ['/due_date', 'Due date'],
    ['/homepage-URL', 'Homepage URL'],
    ['/HTMLTitle', 'HTML title'],
    ['/checklist/0/done', 'Checklist › Buy milk › Done'],
    ['/checklist/1', 'Checklist › Item 2'],
    ['/checklist/2', 'Checklist › Item 3'],
    ['/tags/0', 'Tags › red'],
    ['/tags/1', 'Tags › Item 2'],
    ['/tags/-', 'Tags › New item'],
    ['/lists/0/0', 'Lists › Item 1 › Item 1'],
    ['/long/0', 'Long › A name that goes on and on and on until…'],
    ['/map/1/a b', 'Map › 1 › a b'],
    ['/unknown/0', 'Unknown › 0'],
  ])('%s: %s', (path, label) => {
    expect(namerOf({})(at(path), [base])).toBe(label);
  });

  test('by what local or remote have where base lacks it', () => {
    expect(namerOf({})(at('/items/0'), [undefined, { items: [{ name: 'New' }] }])).toBe('Items › New');
  });

  test('by the most specific name that is given for it', () => {
    const namer = namerOf({ '/checklist/*/done': ({ basePath }) => `Done? (${basePath})`, '/**': 'Something' });
    expect(namer(at('/checklist/0/done'), [base])).toBe('Done? (/checklist/0/done)');
    expect(namer(at('/title'), [base])).toBe('Something');
  });

  test('and a bad pattern is refused', () => {
    expect(() => namerOf({ title: 'x' })).toThrow('labels["title"]');
  });
});
