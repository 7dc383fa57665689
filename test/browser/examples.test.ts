import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examplesIn, pageText } from '../docs/examples.js';
import { byLine, expectedPrints, PRINTER, type Printed, withPrinter } from '../docs/printed.js';
import { bundleText } from './harness/bundle.js';
import { launchChromium } from './harness/chromium.js';
import { servePages } from './harness/serve-pages.js';
import { openTab } from './harness/tab.js';

/** The pages about forms. Examples that bring a server of their own need no network, which a page of Chromium's has none of. */
const EXAMPLES = ['docs/forms-and-autosave.md', 'docs/react.md']
  .flatMap((page) => examplesIn(page, pageText(page)))
  .filter(({ code }) => code.includes('createConflictServer'));

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test.each(EXAMPLES.map((example) => [example.place, example] as const))(
  '%s runs in Chromium, and prints what it says',
  async (_place, example) => {
    const script = await bundleText(withPrinter(example.id, example.code), example.language);
    const pages = await servePages({
      files: { '/': '<!doctype html><title>Example</title>', '/example.js': script },
    });
    const context = await browser.newContext();
    const prints: Printed[] = [];
    await context.exposeFunction(PRINTER, (_id: string, line: number, ...values: unknown[]) => {
      prints.push({ line, text: format(...values) });
    });
    const { page, problems } = await openTab(context, pages.url);
    await page.evaluate("globalThis.IS_REACT_ACT_ENVIRONMENT = true; import('/example.js')");
    const [expected, actual] = [byLine(expectedPrints(example.code)), byLine(prints)];
    expect(Object.fromEntries(Object.keys(expected).map((line) => [line, actual[Number(line)] ?? []]))).toEqual(
      expected,
    );
    if (example.output !== undefined) expect(prints.map(({ text }) => text).join('\n')).toBe(example.output);
    expect(problems).toEqual([]);
    await Promise.all([context.close(), pages.close()]);
  },
);
