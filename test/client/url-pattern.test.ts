import { describe, expect, test } from 'vitest';
import { compileUrlPattern, matchUrl } from '../../src/client/options/url-pattern.js';

const match = (patterns: readonly string[], url: string, base = '/'): string | undefined =>
  matchUrl(patterns.map(compileUrlPattern), new URL(url, 'https://api.example.com'), base)?.source;

const matches: [title: string, pattern: string, path: string, matching: boolean][] = [
  ['a literal path matches itself', '/articles/1', '/articles/1', true],
  ['and no other', '/articles/1', '/articles/2', false],
  ['nor one that goes on', '/articles/1', '/articles/1/comments', false],
  ['nor one that is shorter', '/articles/1', '/articles', false],
  ['a name stands for one segment', '/articles/:id', '/articles/1', true],
  ['and not for two', '/articles/:id', '/articles/1/comments', false],
  ['and not for none', '/articles/:id', '/articles', false],
  ['a star in the middle stands for one segment', '/a/*/c', '/a/b/c', true],
  ['and not for two', '/a/*/c', '/a/b/b/c', false],
  ['a star at the end stands for all that follow', '/files/*', '/files/a/b/c.txt', true],
  ['and for one', '/files/*', '/files/a', true],
  ['but not for none', '/files/*', '/files', false],
  ['a lone star matches everything below the root', '/*', '/a/b', true],
  ['as do two', '/**', '/a/b', true],
  ['two at the end are as one', '/files/**', '/files/a/b.txt', true],
  ['and do not match none', '/files/**', '/files', false],
  ['the root matches the root', '/', '/', true],
  ['and nothing else', '/', '/a', false],
  ['a slash at the end says nothing', '/articles/', '/articles', true],
  ['in neither', '/articles', '/articles/', true],
  ['a query says nothing', '/articles/:id', '/articles/1?draft=1', true],
  ['case counts', '/Articles', '/articles', false],
  ['a dot is a dot', '/a.b', '/axb', false],
  ['a colon alone is a literal', '/a/:', '/a/x', false],
  ['a pattern written as people read it matches the encoded path', '/my files/:id', '/my%20files/1', true],
  ['and one that is encoded does too', '/my%20files/:id', '/my%20files/1', true],
];
test.each(matches)('%s: %s and %s', (_title, pattern, path, matching) => {
  expect(match([pattern], path)).toBe(matching ? pattern : undefined);
});

const specific: [title: string, patterns: string[], path: string, winner: string][] = [
  ['a literal over a name', ['/a/:id', '/a/new'], '/a/new', '/a/new'],
  ['a name over the rest', ['/a/*', '/a/:id'], '/a/1', '/a/:id'],
  ['an earlier literal over a later one', ['/:x/b', '/a/:y'], '/a/b', '/a/:y'],
  ['the longer one', ['/a/*', '/a/b/*'], '/a/b/c', '/a/b/*'],
  ['the one that names the origin', ['/a', 'https://api.example.com/a'], '/a', 'https://api.example.com/a'],
  ['in whatever order they are given', ['/a/new', '/a/:id'], '/a/new', '/a/new'],
];
test.each(specific)('the most specific wins: %s', (_title, patterns, path, winner) => {
  expect(match(patterns, path)).toBe(winner);
});

describe('an origin', () => {
  test('is not matched by another', () => {
    expect(match(['https://other.example.com/a'], '/a')).toBeUndefined();
  });
  test('counts its port', () => {
    expect(match(['https://api.example.com:8443/a'], 'https://api.example.com/a')).toBeUndefined();
    expect(match(['https://api.example.com:8443/a'], 'https://api.example.com:8443/a')).toBeDefined();
  });
  test('written with its default port is the same', () => {
    expect(match(['https://api.example.com:443/a'], '/a')).toBe('https://api.example.com:443/a');
  });
  test('is written in whatever case', () => {
    expect(match(['https://API.example.com/a'], '/a')).toBe('https://API.example.com/a');
  });
});

describe('a client with a prefix', () => {
  test.each(['/articles/:id', '/v1/articles/:id'])('matches %s with it and without', (pattern) => {
    expect(match([pattern], '/v1/articles/1', '/v1/')).toBe(pattern);
  });
  test('does not match without it what only looks like it', () => {
    expect(match(['/articles/:id'], '/v10/articles/1', '/v1/')).toBeUndefined();
  });
});

test.each(['articles', '', 'articles/:id', '/a?b', '/a#b', 'ftp://example.com/a', 'https://example.com'])(
  '%j is no pattern, and the error says how one looks',
  (source) => {
    expect(() => compileUrlPattern(source)).toThrowError(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTIONS',
        option: `resources["${source}"]`,
        message: expect.stringContaining('/articles/:id'),
      }),
    );
  },
);

test.each([['/**/a'], ['/a*'], ['/files/*.txt'], ['/articles/{id}'], ['/articles/[id]'], ['/:a-b'], ['/a/***']])(
  '%s would match nothing, and is refused',
  (source) => {
    expect(() => compileUrlPattern(source)).toThrow(/whole segments/);
  },
);
