// `node docs/demo/screenshots/take.mjs`: takes the demo's screenshots anew, in Chromium (its path in CHROMIUM, else /usr/bin/chromium).
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { openLive } from '../live/open-live.mjs';

const desktop = { viewport: { width: 1280, height: 960 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const merged = (page) => page.locator('.outcome.is-good').nth(1).waitFor();
const asked = (page) => page.getByRole('radio', { name: 'Mine' }).check();

const SHOTS = [
  { name: 'desktop-light', look: desktop, scene: 'Same text, other words', until: merged },
  { name: 'desktop-dark', look: { ...desktop, colorScheme: 'dark' }, scene: 'Different fields', until: merged },
  { name: 'dialog', look: desktop, scene: 'Same title', until: asked },
  {
    name: 'phone',
    look: phone,
    scene: 'Different fields',
    until: async (page) => {
      await merged(page);
      await page.getByRole('link', { name: 'Ada' }).click();
    },
  },
  {
    name: 'phone-timeline',
    look: phone,
    scene: 'Same text, other words',
    until: async (page) => {
      await merged(page);
      await page.getByRole('link', { name: 'Timeline' }).click();
    },
  },
  { name: 'phone-dialog', look: { ...phone, colorScheme: 'dark' }, scene: 'Same title', until: asked },
];

const live = await openLive();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--disable-gpu'],
});
for (const { name, look, scene, until } of SHOTS) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.goto(live.url);
  await page.getByRole('button', { name: scene }).click();
  await until(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
  await context.close();
}
await browser.close();
await live.close();
