import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/harness/chromium.js';
import { serveSite } from './serve-site.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

interface Look {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

async function opened(path: string, { width, colorScheme }: Look): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.setDefaultTimeout(120_000);
  await page.goto(site.url + path);
  await page.locator('h1').first().waitFor();
  return page;
}

const PAGES = ['/', '/presets', '/options', '/errors', '/merge-rules', '/demo/', '/reference/'];
const LOOKS = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

describe.each(LOOKS)('$width px wide, $colorScheme', (look) => {
  test.each(PAGES)('%s can be read by everybody (WCAG A and AA, contrast included)', async (path) => {
    const page = await opened(path, look);
    if (path === '/') await page.getByRole('button', { name: 'Save' }).first().waitFor();
    await page.evaluate(axe);
    const { violations } = (await page.evaluate(
      "axe.run({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }, rules: { 'label-content-name-mismatch': { enabled: false } } })",
    )) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.length}, first ${nodes[0]?.html}`)).toEqual([]);
    await page.close();
  });

  test.each(PAGES)('%s fits, and so does its code', async (path) => {
    const page = await opened(path, look);
    const wide = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    expect({ page: await wide('html'), code: await wide('pre') }).toEqual({ page: 0, code: 0 });
    await page.close();
  });
});

describe('the demo on the home page', () => {
  const look: Look = { width: 1280, colorScheme: 'light' };

  test('merges two saves', async () => {
    const page = await opened('/', look);
    await page.getByRole('button', { name: 'Play: different fields' }).click();
    await page.getByText('Saved. The other change is still there.').waitFor();
    expect(await page.locator('.live-server dd').allTextContents()).toEqual([
      'On engines that count',
      'An engine weaves patterns as a loom weaves flowers. It never tires.',
      'yes',
    ]);
    await page.close();
  });

  test('without unconflict, says what is lost', async () => {
    const page = await opened('/', look);
    await page.getByRole('switch', { name: /unconflict/ }).uncheck();
    await page.getByRole('button', { name: 'Play: different fields' }).click();
    await page.getByText('Grace overwrote the title that was just saved.').waitFor();
    await page.close();
  });

  test('asks if both changed the title', async () => {
    const page = await opened('/', look);
    await page.getByRole('button', { name: 'Play: same title' }).click();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await page.getByRole('button', { name: 'Save' }).nth(1).waitFor();
    await page.waitForFunction("document.querySelectorAll('.live-lines li').length >= 3");
    expect(await page.locator('.live-server dd').first().textContent()).toBe('On engines that count');
    await page.close();
  });
});

test('the search leads to the page about a term', async () => {
  const page = await opened('/', { width: 1280, colorScheme: 'light' });
  await page
    .getByRole('button', { name: /Search/ })
    .first()
    .click();
  await page.locator('input[type="search"]').fill('lost update');
  await page.getByRole('option').first().click();
  await page.waitForURL(/guarantees/);
  await page.close();
});
