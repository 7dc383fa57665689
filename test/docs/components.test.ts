import { afterEach, describe, expect, test } from 'vitest';
import { openBrowserPage } from './browser-page.js';
import { docstringExamples, pageExamples } from './examples.js';
import { running } from './running.js';

openBrowserPage();

/** Examples with components in them run in a page: they have a document. */
const components = [...pageExamples(), ...docstringExamples()].filter(({ language }) => language === 'tsx');
const { testEach } = running(components);
// Testing Library takes the document it finds when it is loaded.
afterEach(async () => (await import('@testing-library/react')).cleanup());

describe('examples with components', () => {
  test('are there, on a page and in a docstring', () => {
    const files = components.map(({ place }) => place.split(':')[0]);
    expect(files).toEqual(expect.arrayContaining(['docs/react.md', 'src/react/use-resource.ts']));
  });

  testEach(components);
});
