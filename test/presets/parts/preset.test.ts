import { expect, it } from 'vitest';
import type { JsonValue } from '../../../src/core/json.js';
import { preset, serverOwned } from '../../../src/presets/parts/preset.js';
import { cosmos } from '../../../src/presets/stores/cosmos.js';

it('adds up merge tables and headers, and replaces every other option', () => {
  const known = {
    write: 'put',
    gone: 'error',
    headers: { A: '1', B: '1' },
    merge: { '/a': 'local', '/b': 'local' },
  } as const;
  const made = preset<JsonValue>(known, { gone: 'discard', headers: [['b', '2']], merge: { '/b': 'remote' } });
  expect(made).toMatchObject({ write: 'put', gone: 'discard', merge: { '/a': 'local', '/b': 'remote' } });
  expect(Object.fromEntries(new Headers(made.headers))).toEqual({ a: '1', b: '2' });
});

it('takes headers of any kind, and makes none up', () => {
  expect(new Headers(preset({}, { headers: new Headers({ A: '1' }) }).headers).get('a')).toBe('1');
  expect(preset({}, {})).toEqual({});
});

it('does not let an undefined option undo what the preset knows', () => {
  const undone = Object.fromEntries([['write', undefined]]);
  expect(preset<JsonValue>({ write: 'put' }, undone)).toEqual({ write: 'put' });
});

it('marks paths as the server’s own', () => {
  expect(serverOwned('/a', '/b')).toEqual({ '/a': { rule: 'server' }, '/b': { rule: 'server' } });
});

it('leaves own options of a preset out of the resource options', () => {
  expect(Object.keys(cosmos({ partitionKey: 'p', gone: 'discard' }))).not.toContain('partitionKey');
});
