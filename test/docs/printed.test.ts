import { describe, expect, test } from 'vitest';
import { docstringExamples, examplesIn } from './examples.js';
import { byLine, expectedPrints, PRINTER, withPrinter } from './printed.js';

const EXPECTATIONS: readonly [title: string, code: string, expected: Record<number, string[]>][] = [
  ['a comment with an arrow', 'console.log(1); // => 1', { 1: ['1'] }],
  ['a comment without one', 'console.log(1); // 1', { 1: ['1'] }],
  ['a comment on the next line', 'console.log({\n  a,\n});\n// => { a: 1 }', { 1: ['{ a: 1 }'] }],
  ['one for each time it is called', 'for (const n of [1, 2]) console.log(n);\n// => 1\n// => 2', { 1: ['1', '2'] }],
  ['brackets with or without room', 'console.log([{ a: 1 }]); // [{a: 1}]', { 1: ['[ { a: 1 } ]'] }],
  ['one that goes on', 'console.log(a);\n// => { a: 1,\n//      b: 2 }', { 1: ['{ a: 1, b: 2 }'] }],
  ['a comment behind something else', 'save(); // 200\nconsole.log(1);', {}],
  ['an address', "console.log('https://a.test/');", {}],
  [
    'an example that leaves something out',
    'console.log(1); // 2\n// … and so on\nconsole.log(3); // => 3',
    { 3: ['3'] },
  ],
];

describe('what comments say is printed', () => {
  test.each(EXPECTATIONS)('%s', (_, code, expected) => {
    expect(byLine(expectedPrints(code))).toEqual(expected);
  });

  test('an arrow with nothing printed before it is an error', () => {
    expect(() => expectedPrints('save(); // => 1')).toThrow('Line 1 says what is printed');
  });

  test('every call tells which example and line it is', () => {
    expect(withPrinter('a', 'x;\nconsole.log(x);')).toBe(`x;\nglobalThis.${PRINTER}("a", 2, x);`);
  });
});

describe('which blocks are examples', () => {
  test('those of ts and js, with the output that follows them', () => {
    const page = '```ts\n1;\n```\n```text output\none\n```\n```sh\nls\n```\n```js\n2;\n```';
    expect(examplesIn('a.md', page)).toEqual([
      { id: 'a-2', place: 'a.md:2', language: 'ts', code: '1;', output: 'one' },
      { id: 'a-11', place: 'a.md:11', language: 'js', code: '2;', output: undefined },
    ]);
  });

  test.each(['', 'typescript', 'jsx', 'ts skip'])('a fence of "%s" is an error', (info) => {
    expect(() => examplesIn('a.md', `\`\`\`${info}\n1;\n\`\`\``)).toThrow(
      `a.md:2 is a fence of "${info}", which nobody runs.`,
    );
  });

  test('docstrings have examples', () => {
    expect(docstringExamples().map(({ place }) => place.split(':')[0])).toContain('src/client/lazy.ts');
  });
});
