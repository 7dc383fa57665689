// `node docs/demo/screenshots/take.mjs`: takes the demo's screenshots anew, in Chromium (its path in CHROMIUM, else /usr/bin/chromium).
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { openLive } from '../live/open-live.mjs';

const desktop = { viewport: { width: 1280, height: 960 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const merged = (page) => page.locator('.outcome.is-good').nth(1).waitFor();
const asked = (page) => page.getByRole('radio', { name: 'Mine' }).check();

const train = (page) => page.getByRole('region', { name: 'Mary, on a train' });

const SHOTS = [
  { name: 'desktop-light', look: desktop, scene: 'Same text, other words', until: merged },
  { name: 'desktop-dark', look: { ...desktop, colorScheme: 'dark' }, scene: 'Different fields', until: merged },
  { name: 'dialog', look: desktop, scene: 'Same title', until: asked },
  {
    name: 'outbox',
    look: desktop,
    scene: 'Different fields',
    until: async (page) => {
      await merged(page);
      await page.getByRole('button', { name: 'Start afresh' }).click();
      await page.getByRole('button', { name: 'Go offline' }).click();
      await page.getByRole('textbox', { name: 'Mary’s title' }).fill('On engines, from a train');
      for (const name of ['Rename', 'Tick the next item']) await page.getByRole('button', { name }).click();
      await train(page).getByRole('button', { name: 'Count one view' }).click();
      await train(page).getByText('The server does not answer').nth(2).waitFor();
    },
    part: train,
  },
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
for (const { name, look, scene, until, part = (page) => page } of SHOTS) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await fetch(new URL('desk/reset', live.url), { method: 'POST' });
  await page.goto(live.url);
  await page.getByRole('button', { name: scene }).click();
  await until(page);
  await page.mouse.move(0, 0);
  if (!look.isMobile) await page.evaluate(() => window.scrollTo(0, 0));
  await page.evaluate(() => document.activeElement?.blur());
  await part(page).screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
  await context.close();
}
await browser.close();
await live.close();
