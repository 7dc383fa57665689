import { describe, expect, test } from 'vitest';
import type { Patch } from '../../src/core/json.js';
import { assertWritable } from '../../src/engine/queue/read-only.js';

const URL_A = 'https://api.example.com/a';
const BASE = {
  id: 1,
  title: 'x',
  other: 2,
  meta: { owner: 'Ada' },
  items: [{ id: 1, name: 'x' }, 5],
  deep: { down: { id: 1 } },
  ids: 1,
};
const replace = (path: string): Patch => [{ op: 'replace', path, value: 1 }];

const refused: [title: string, patterns: string[], patch: Patch, path: string][] = [
  ['the place itself', ['/id'], replace('/id'), '/id'],
  ['a place inside it', ['/meta'], replace('/meta/owner'), '/meta/owner'],
  ['what it is in', ['/meta/owner'], replace('/meta'), '/meta'],
  ['the whole document', ['/id'], replace(''), ''],
  ['one of a list', ['/items/*/id'], replace('/items/0/id'), '/items/0/id'],
  ['one anywhere', ['/**/id'], replace('/deep/down/id'), '/deep/down/id'],
  ['what has one anywhere', ['/**/id'], replace('/deep'), '/deep'],
  ['what gets one', ['/**/id'], [{ op: 'replace', path: '/title', value: [{ id: 1 }] }], '/title'],
  ['an item that has one', ['/items/*/id'], [{ op: 'remove', path: '/items/0' }], '/items/0'],
  ['an item that brings one', ['/items/*/id'], [{ op: 'add', path: '/items/-', value: { id: 9 } }], '/items/-'],
  [
    'what an earlier operation made',
    ['/title/id'],
    [{ op: 'copy', from: '/items/0', path: '/title' }, ...replace('/title')],
    '/title',
  ],
  ['removed', ['/id'], [{ op: 'remove', path: '/id' }], '/id'],
  ['moved away', ['/id'], [{ op: 'move', from: '/id', path: '/other' }], '/id'],
  ['moved onto', ['/id'], [{ op: 'move', from: '/other', path: '/id' }], '/id'],
  ['copied onto', ['/id'], [{ op: 'copy', from: '/other', path: '/id' }], '/id'],
  ['in a later operation', ['/id'], [...replace('/title'), ...replace('/id')], '/id'],
];
test.each(refused)('refuses to change %s', (_title, patterns, patch, path) => {
  expect(() => assertWritable({ base: BASE, patch }, patterns, URL_A)).toThrowError(
    expect.objectContaining({
      code: 'ERR_READONLY_PATH',
      path,
      url: URL_A,
      message: expect.stringContaining('Nothing was sent'),
    }),
  );
});

const allowed: [title: string, patterns: string[], patch: Patch][] = [
  ['anything where nothing is protected', [], replace('/id')],
  ['another place', ['/id'], replace('/title')],
  ['a place whose name begins alike', ['/id'], replace('/ids')],
  ['what it could be in, and is not', ['/meta/id'], replace('/meta')],
  ['an item without one beside one that has it', ['/items/*/id'], [{ op: 'add', path: '/items/0', value: 5 }]],
  ['a test of it', ['/id'], [{ op: 'test', path: '/id', value: 1 }]],
  ['a copy from it', ['/id'], [{ op: 'copy', from: '/id', path: '/other' }]],
  ['another member of an item', ['/items/*/id'], replace('/items/0/name')],
  ['a word, where an id anywhere is protected', ['/**/id'], replace('/title')],
];
describe('allows', () => {
  test.each(allowed)('%s', (_title, patterns, patch) => {
    expect(() => assertWritable({ base: BASE, patch }, patterns, URL_A)).not.toThrow();
  });
});
