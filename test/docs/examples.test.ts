import { describe, expect, test } from 'vitest';
import type { Example } from './examples.js';
import { docstringExamples, pageExamples, pages } from './examples.js';
import { running } from './running.js';

const hasComponents = ({ language }: Example): boolean => language === 'tsx';
const onPages = pageExamples().filter((example) => !hasComponents(example));
const inDocstrings = docstringExamples().filter((example) => !hasComponents(example));

/** Shows that the compiler looks: an example that must not pass. */
const WRONG: Example = {
  id: 'wrong',
  place: 'wrong.md:7',
  language: 'ts',
  code: "import { createClient } from 'unconflict';\n\nconst client: number = createClient();",
  output: undefined,
};

const { testEach, complaints } = running([...onPages, ...inDocstrings, WRONG]);

describe('examples of the pages', () => {
  test('there are pages, and the first of them begins with an example', () => {
    expect(pages()).toContain('README.md');
    expect(onPages.some(({ place }) => place.startsWith('README.md:'))).toBe(true);
  });

  test('are type-checked: a wrong one is told with its place in the page', () => {
    expect(complaints(WRONG)).toEqual([expect.stringMatching(/^line 9, column 7: TS2322: .*'number'/)]);
  });

  testEach(onPages);
});

describe('examples of the docstrings', () => {
  testEach(inDocstrings);
});
