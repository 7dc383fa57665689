import { describe, expect, test } from 'vitest';
import { anchorsOf, linksOf, readFences } from './markdown.js';

describe('fences', () => {
  test('are read with their language and the line of their first code', () => {
    const page = ['# Title', '', '```ts', 'const a = 1;', '', 'a;', '```', 'text', '~~~text output', '1', '~~~'].join(
      '\n',
    );
    expect(readFences(page)).toEqual([
      { info: 'ts', line: 4, length: 3, code: 'const a = 1;\n\na;' },
      { info: 'text output', line: 10, length: 1, code: '1' },
    ]);
  });

  test('of four marks hold those of three', () => {
    expect(readFences('````text\n```ts\n1;\n```\n````')).toEqual([
      { info: 'text', line: 2, length: 3, code: '```ts\n1;\n```' },
    ]);
  });

  test('in a list lose their indent', () => {
    expect(readFences('- item\n\n  ```js\n  if (a) {\n    b();\n  }\n  ```')[0]?.code).toBe('if (a) {\n  b();\n}');
  });

  test('that are never closed are an error', () => {
    expect(() => readFences('```ts\n1;')).toThrow('The fence before line 2 is never closed.');
  });
});

test('anchors are those of GitHub', () => {
  const page =
    '# `text()`, and 409 or 412?\n## Same\n## Same\n```ts\n# not one\n```\n```text\n```\n### ERR_IN_DOUBT\n#### [A link](x.md) here';
  expect(anchorsOf(page)).toEqual(['text-and-409-or-412', 'same', 'same-1', 'err_in_doubt', 'a-link-here']);
});

test('links are found in prose, not in code', () => {
  const page =
    'See [a](one.md#x) and [b](https://example.com "title").\n`[c](no.md)`\n```text\n[d](no.md)\n```\n[e](two.md)';
  expect(linksOf(page)).toEqual([
    { line: 1, target: 'one.md#x' },
    { line: 1, target: 'https://example.com' },
    { line: 6, target: 'two.md' },
  ]);
});
