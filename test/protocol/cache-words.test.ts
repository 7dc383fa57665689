import { expect, test } from 'vitest';
import { cacheWords } from '../../src/protocol/verdict/cache-words.js';

test.each<[Record<string, string>, RegExp]>([
  [{ Age: '2' }, /from a cache, 2 s old: Age: 2$/],
  [{ Age: '5', Via: '1.1 varnish', 'X-Cache': 'HIT' }, /\(1\.1 varnish\), 5 s old: Age: 5, X-Cache: HIT$/],
  [{ 'X-Cache': 'Hit from cloudfront' }, /X-Cache/],
  [{ 'X-Cache-Hits': '0, 3' }, /X-Cache-Hits: 0, 3/],
  [{ 'CF-Cache-Status': 'HIT' }, /CF-Cache-Status: HIT/],
  [{ 'Cache-Status': 'ExampleCache; hit; ttl=30' }, /Cache-Status/],
])('%o says that it came from a cache', (headers, words) => {
  expect(cacheWords(new Headers(headers)) ?? '').toMatch(words);
});

test.each<[Record<string, string>]>([
  [{}],
  [{ Age: '0' }],
  [{ Age: 'old' }],
  [{ 'X-Cache': 'MISS' }],
  [{ 'CF-Cache-Status': 'DYNAMIC' }],
  [{ Via: '1.1 proxy' }],
  [{ 'Cache-Status': 'ExampleCache; fwd=miss' }],
])('%o does not', (headers) => {
  expect(cacheWords(new Headers(headers))).toBeUndefined();
});
