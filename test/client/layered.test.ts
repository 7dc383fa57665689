import { describe, expect, test } from 'vitest';
import type { ClientOptions } from '../../src/client/options/client-options.js';
import { extended } from '../../src/client/options/layered.js';
import { field } from '../../src/protocol/versions/field.js';

const rule = field('/version');

describe("ky's own options", () => {
  test('are replaced, and headers add up', () => {
    const merged = extended(
      { prefix: 'https://a.example.com', timeout: 5, headers: { a: '1', b: '1' } },
      { timeout: 7, headers: { b: '2' } },
    );
    expect(merged).toMatchObject({ prefix: 'https://a.example.com', timeout: 7 });
    const headers = new Headers(
      merged.headers instanceof Headers
        ? merged.headers
        : Object.entries(merged.headers ?? {}).map(([k, v]): [string, string] => [k, String(v)]),
    );
    expect([...headers]).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  test('hooks come one after the other, each once', () => {
    const first = (): void => {};
    const second = (): void => {};
    const merged = extended({ hooks: { beforeRequest: [first] } }, { hooks: { beforeRequest: [second] } });
    expect(merged.hooks?.beforeRequest).toEqual([first, second]);
    expect(extended(merged, {}).hooks?.beforeRequest).toEqual([first, second]);
  });

  test('search parameters add up', () => {
    const merged = extended({ searchParams: { a: 1 } }, { searchParams: { b: 2 } });
    const { searchParams } = merged;
    const all = searchParams instanceof URLSearchParams ? searchParams : new URLSearchParams(String(searchParams));
    expect(all.toString()).toBe('a=1&b=2');
  });
});

describe('resources', () => {
  test('add up pattern by pattern, and their tables entry by entry', () => {
    const merged = extended(
      {
        resources: {
          '/a': { version: rule, merge: { '/x': 'local' }, headers: { one: '1' }, retry: { attempts: 3 } },
          '/b': { gone: 'discard' },
        },
      },
      {
        resources: {
          '/a': { merge: { '/y': 'remote' }, headers: { two: '2' }, retry: { deadline: 9 } },
          '/c': { gone: 'recreate' },
        },
      },
    );
    expect(merged.resources?.['/a']).toMatchObject({
      version: rule,
      merge: { '/x': 'local', '/y': 'remote' },
      retry: { attempts: 3, deadline: 9 },
    });
    expect([...new Headers(merged.resources?.['/a']?.headers)]).toEqual([
      ['one', '1'],
      ['two', '2'],
    ]);
    expect(merged.resources?.['/b']).toEqual({ gone: 'discard' });
    expect(merged.resources?.['/c']).toEqual({ gone: 'recreate' });
  });

  test('an option that is undefined takes nothing away', () => {
    const child: ClientOptions = JSON.parse('{}');
    Object.assign(child, { defaults: { gone: undefined } });
    expect(extended({ defaults: { gone: 'discard' } }, child).defaults).toMatchObject({ gone: 'discard' });
  });

  test('of the parent are not changed', () => {
    const parent: ClientOptions = {
      resources: { '/a': { merge: { '/x': 'local' } } },
      defaults: { merge: { '/z': 'local' } },
    };
    const before = JSON.stringify(parent);
    extended(parent, { resources: { '/a': { merge: { '/y': 'remote' } } }, defaults: { merge: { '/w': 'remote' } } });
    expect(JSON.stringify(parent)).toBe(before);
  });
});

test('a function is given the parent and its answer laid on top', () => {
  const parent: ClientOptions = {
    prefix: 'https://a.example.com',
    maxBodyBytes: 5,
    resources: { '/a': { gone: 'discard' } },
  };
  const merged = extended(parent, (given) => {
    expect(given).toMatchObject(parent);
    return { maxBodyBytes: (given.maxBodyBytes ?? 0) + 1 };
  });
  expect(merged).toMatchObject({
    prefix: 'https://a.example.com',
    maxBodyBytes: 6,
    resources: { '/a': { gone: 'discard' } },
  });
});

test('logger, memory and limits are kept unless replaced', () => {
  const logger = console;
  const merged = extended({ logger, memory: { entries: 1 }, maxBodyBytes: 2 }, { memory: { entries: 3 } });
  expect(merged.logger).toBe(logger);
  expect(merged).toMatchObject({ memory: { entries: 3 }, maxBodyBytes: 2 });
});
