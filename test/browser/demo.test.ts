import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from './harness/chromium.js';
import { accessibleControls, contrasts, tooSmall } from './harness/look.js';
import { type Demo, startDemo } from './harness/start-demo.js';
import { openTab, type Tab } from './harness/tab.js';

let browser: Browser;
let demo: Demo;
let tab: Tab;
let page: Page;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

type Look = NonNullable<Parameters<Browser['newContext']>[0]>;

/** Opens the page as somebody would who finds the article in its first version. */
async function open(look: Look = { viewport: { width: 1280, height: 860 } }): Promise<void> {
  await demo.press('reset');
  tab = await openTab(await browser.newContext({ reducedMotion: 'reduce', ...look }), demo.url);
  page = tab.page;
  await page.getByRole('button', { name: 'A lock', disabled: false }).waitFor();
}
afterEach(async () => {
  await page?.context().close();
  expect(tab.problems).toEqual([]);
});

const person = (name: 'Ada' | 'Grace'): Locator => page.getByRole('region', { name, exact: true });
const title = (name: 'Ada' | 'Grace'): Locator => person(name).getByRole('textbox', { name: 'Title' });
const save = (name: 'Ada' | 'Grace'): Promise<void> => person(name).getByRole('button', { name: 'Save' }).click();
const log = (): Locator => page.getByRole('log');
const saved = (count: number): Promise<void> =>
  log()
    .getByText(/^Saved as version/)
    .nth(count - 1)
    .waitFor();
/** Ada is faster; Grace is asked. */
async function bothRename(): Promise<void> {
  await title('Ada').fill('From Ada');
  await title('Grace').fill('From Grace');
  await save('Ada');
  await saved(1);
  await title('Grace').press('Enter');
  await dialog().waitFor();
}
const dialog = (): Locator => page.getByRole('dialog');
const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
/** Versions count the commits. */
const commits = async (): Promise<number> => Number((await demo.state()).version.replaceAll('"', ''));

describe('two people on one article', () => {
  beforeEach(() => open());

  test('edit different fields: both are saved, and nobody is asked', async () => {
    await title('Ada').fill('On engines that count');
    await person('Grace').getByRole('checkbox', { name: 'Done: Draw the mill and the store' }).check();
    await person('Grace').getByRole('textbox', { name: 'Tags' }).fill('mathematics');
    await page.keyboard.press('Enter');
    await save('Ada');
    await saved(1);
    await save('Grace');
    await saved(2);
    const { value } = await demo.state();
    expect(value).toMatchObject({ title: 'On engines that count', tags: ['engines', 'history', 'mathematics'] });
    expect(value.checklist[1]?.done).toBe(true);
    await expect(title('Grace').inputValue()).resolves.toBe('On engines that count');
    const told = await log().innerText();
    expect(told).toMatch(/412\s+PATCH if version "\d+": stale\./);
    expect(told).toContain('replace /title On engines that count');
    expect(await dialog().count()).toBe(0);
  });

  test('edit other words of one text, the tags, and one counter: the rules merge all of it', async () => {
    const text = (name: 'Ada' | 'Grace'): Locator => person(name).getByRole('textbox', { name: 'Text' });
    const before = await text('Ada').inputValue();
    await text('Ada').fill(before.replace('flowers and leaves', 'flowers, leaves and birds'));
    await text('Grace').fill(before.replace('worked', 'ground'));
    await person('Ada').getByRole('button', { name: 'Remove the tag history' }).click();
    await person('Ada').getByRole('button', { name: 'Count one view' }).click();
    await person('Grace').getByRole('button', { name: 'Count one view' }).click();
    await save('Ada');
    await saved(1);
    await save('Grace');
    await saved(2);
    const { value } = await demo.state();
    expect(value.body).toBe(
      before.replace('flowers and leaves', 'flowers, leaves and birds').replace('worked', 'ground'),
    );
    expect(value).toMatchObject({ tags: ['engines'], views: 9 });
    await person('Grace').getByText('merged').first().waitFor();
  });

  test('change the same things: the dialog asks, field by field, and merges what was chosen', async () => {
    const item = (name: 'Ada' | 'Grace'): Locator => person(name).getByRole('textbox', { name: 'Item: Draw the mill' });
    await title('Ada').fill('From Ada');
    await item('Ada').fill('Draw the mill only');
    await title('Grace').fill('From Grace');
    await item('Grace').fill('Draw both');
    await person('Grace').getByRole('button', { name: 'Count one view' }).click();
    await save('Ada');
    await saved(1);
    await save('Grace');
    const choices = dialog().getByRole('group');
    await choices.filter({ hasText: 'Title' }).getByRole('radio', { name: 'Theirs' }).check();
    await choices.filter({ hasText: 'Draw the mill' }).getByRole('radio', { name: 'Mine' }).check();
    const preview = dialog().getByRole('region', { name: 'What will be saved' });
    await preview.getByText('From Ada').waitFor();
    await preview.getByText('Draw both').waitFor();
    await dialog().getByRole('button', { name: 'Save this' }).click();
    await saved(2);
    const { value } = await demo.state();
    expect(value).toMatchObject({ title: 'From Ada', views: 8 });
    expect(value.checklist[1]?.text).toBe('Draw both');
  });

  test('own words settle it too', async () => {
    await bothRename();
    await dialog().getByRole('textbox', { name: 'Something else' }).fill('From both of us');
    await dialog().getByRole('button', { name: 'Save this' }).click();
    await saved(2);
    expect((await demo.state()).value.title).toBe('From both of us');
  });

  test('the server moves on while the person thinks: what still holds is kept, the rest is asked again', async () => {
    const item = (name: 'Ada' | 'Grace'): Locator => person(name).getByRole('textbox', { name: 'Item: List' });
    await title('Ada').fill('From Ada');
    await item('Ada').fill('List all sources');
    await title('Grace').fill('From Grace');
    await item('Grace').fill('List the best sources');
    await save('Ada');
    await saved(1);
    await save('Grace');
    await dialog().getByRole('button', { name: 'All mine' }).click();
    await dialog().getByRole('button', { name: 'Let Emmy rename it now' }).click();
    await dialog().getByRole('status').getByText('Changed on the server while you were thinking: Title').waitFor();
    const choices = dialog().getByRole('group');
    const mine = (place: string): Locator => choices.filter({ hasText: place }).getByRole('radio', { name: 'Mine' });
    expect(await mine('Checklist').isChecked()).toBe(true);
    expect(await mine('Title').isChecked()).toBe(false);
    await choices.filter({ hasText: 'Title' }).getByRole('radio', { name: 'Theirs' }).check();
    await dialog().getByRole('button', { name: 'Save this' }).click();
    await saved(2);
    const { value } = await demo.state();
    expect(value.title).toMatch(/^Emmy’s title/);
    expect(value.checklist[0]?.text).toBe('List the best sources');
  });

  test('a conflict survives a reload, with what was typed and what was chosen', async () => {
    await bothRename();
    await dialog().getByRole('radio', { name: 'Mine' }).check();
    await page.reload();
    expect(await dialog().getByRole('radio', { name: 'Mine' }).isChecked()).toBe(true);
    await expect(title('Grace').inputValue()).resolves.toBe('From Grace');
    await dialog().getByRole('button', { name: 'Save this' }).click();
    await saved(1); // the timeline is a new one
    expect((await demo.state()).value.title).toBe('From Grace');
    await page.reload();
    await page.getByRole('button', { name: 'A lock', disabled: false }).waitFor();
    expect(await dialog().count()).toBe(0);
  });

  test('a conflict put off after a reload leaves the text in the editor', async () => {
    await bothRename();
    await page.reload();
    await dialog().getByRole('button', { name: 'Decide later' }).click();
    await person('Grace').getByRole('alert').getByText('Not saved').waitFor();
    await expect(title('Grace').inputValue()).resolves.toBe('From Grace');
    await save('Grace');
    await dialog().getByRole('button', { name: 'All theirs' }).click();
    await dialog().getByRole('button', { name: 'Save this' }).click();
    await log().getByText('Nothing left to send').waitFor();
    expect((await demo.state()).value.title).toBe('From Ada');
  });

  test('what is typed while a save waits stays in the field', async () => {
    await title('Ada').fill('On engines that count');
    await button('Lock for 3 seconds').click();
    await save('Ada');
    await log().getByText('Waits').waitFor();
    await title('Ada').fill('On engines that count, and wait');
    await saved(1);
    await expect(title('Ada').inputValue()).resolves.toBe('On engines that count, and wait');
    expect((await demo.state()).value.title).toBe('On engines that count');
  });
});

describe('a draft', () => {
  beforeEach(() => open());

  test('saves by itself where it is told to, and what was typed before goes along', async () => {
    await title('Ada').fill('On engines that count');
    await person('Ada').getByRole('checkbox', { name: 'Save by itself' }).check();
    await expect(title('Ada').inputValue()).resolves.toBe('On engines that count');
    await title('Ada').press('End');
    await page.keyboard.type(', and wait');
    await saved(1);
    await expect.poll(async () => (await demo.state()).value.title).toBe('On engines that count, and wait');
    await expect(title('Ada').inputValue()).resolves.toBe('On engines that count, and wait');
  });

  test('takes back what was typed, also after it was saved, and nothing of others', async () => {
    await title('Ada').fill('On engines that count');
    await button('Emmy saves first').click();
    await save('Ada');
    await saved(1);
    await person('Ada').getByRole('button', { name: 'Undo' }).click();
    await expect(title('Ada').inputValue()).resolves.toBe('On engines');
    await save('Ada');
    await saved(2);
    const { value } = await demo.state();
    expect(value.title).toBe('On engines');
    expect(value.checklist.map(({ text }) => text)).toContain('Check the dates');
  });

  test('survives a reload', async () => {
    await title('Ada').fill('On engines that count');
    await page.reload();
    await expect.poll(() => title('Ada').inputValue()).toBe('On engines that count');
    await save('Ada');
    await saved(1);
    expect((await demo.state()).value.title).toBe('On engines that count');
  });

  test('nothing is shown as what will be saved before it is decided', async () => {
    await bothRename();
    const preview = dialog().getByRole('region', { name: 'What will be saved' });
    await preview.getByText('yours to decide').waitFor();
    expect(await preview.getByText('From Ada').count()).toBe(0);
    await dialog().getByRole('radio', { name: 'Theirs' }).check();
    await preview.getByText('From Ada').waitFor();
  });
});

describe('without unconflict', () => {
  test('what the first saved is gone, and only the timeline says so', async () => {
    await open();
    await page.getByRole('checkbox', { name: 'Without unconflict' }).check();
    await button('Different fields').click();
    await log().getByText('Saved over what somebody else had saved: title. It is gone, and nobody noticed.').waitFor();
    const { value } = await demo.state();
    expect(value.title).not.toBe('On engines that count');
    expect(value.checklist[1]?.done).toBe(true);
  });
});

describe('a difficult server', () => {
  beforeEach(() => open());

  test('somebody else saves first: their change and mine are both there', async () => {
    await title('Ada').fill('On engines that count');
    await button('Emmy saves first').click();
    await save('Ada');
    await saved(1);
    const { value } = await demo.state();
    expect(value).toMatchObject({ title: 'On engines that count', views: 8 });
    expect(value.checklist.map(({ text }) => text)).toContain('Check the dates');
    await person('Ada').getByText('from the server').first().waitFor();
  });

  test('a lock is waited out', async () => {
    const before = await commits();
    await title('Ada').fill('On engines that count');
    await button('Lock for 3 seconds').click();
    await save('Ada');
    await log().getByText(/423/).waitFor();
    await saved(1);
    expect(await commits()).toBe(before + 1);
  });

  test('a lost answer: the write landed, and it landed once', async () => {
    const before = await commits();
    await person('Ada').getByRole('button', { name: 'Count one view' }).click();
    await title('Ada').fill('On engines that count');
    await button('Lose next answer').click();
    await save('Ada');
    await log().getByText('Nothing was sent twice').waitFor();
    expect(await commits()).toBe(before + 1);
    expect((await demo.state()).value).toMatchObject({ title: 'On engines that count', views: 8 });
  });

  test('a refusal says the server’s own words, and keeps what was typed', async () => {
    await title('Ada').fill('On engines that count');
    await button('Refuse changes').click();
    await save('Ada');
    await person('Ada').getByRole('alert').getByText('Published articles are not changed').waitFor();
    await expect(title('Ada').inputValue()).resolves.toBe('On engines that count');
    await button('Refuse changes').click();
    await save('Ada');
    await saved(1);
  });

  test('offline, then online: the change waits, and lands once', async () => {
    const before = await commits();
    await title('Ada').fill('On engines that count');
    await button('Go offline').click();
    await save('Ada');
    await log().getByText('GET: no answer').first().waitFor();
    await button('Go offline').click();
    await saved(1);
    expect(await commits()).toBe(before + 1);
    expect((await demo.state()).value.title).toBe('On engines that count');
  });
});

describe('somebody on a train, with an outbox', () => {
  beforeEach(() => open());

  const train = (): Locator => page.getByRole('region', { name: 'Mary, on a train' });
  const rename = async (title: string): Promise<void> => {
    await train().getByRole('textbox', { name: 'Mary’s title' }).fill(title);
    await train().getByRole('button', { name: 'Rename' }).click();
  };
  const entries = (): Locator => train().getByRole('list', { name: 'Not saved yet' }).getByRole('listitem');
  const nothingWaits = (): Promise<void> => train().getByText('nothing waits').waitFor();

  test('edits without a network; a reload keeps it all, and it is saved when the network is back', async () => {
    const before = await commits();
    await button('Go offline').click();
    await rename('On engines, from a train');
    await train().getByRole('button', { name: 'Tick the next item' }).click();
    await train().getByText('2 edits not saved').waitFor();
    await entries().first().getByText('waiting').waitFor();
    await entries().first().getByText('The server does not answer.').waitFor();
    await page.reload();
    await train().getByText('2 edits not saved').waitFor();
    await expect(train().getByRole('textbox').inputValue()).resolves.toBe('On engines, from a train');
    await train().getByText('2 of 3 items ticked').waitFor();
    expect(await commits()).toBe(before);
    await button('Go offline').click();
    await nothingWaits();
    const { value } = await demo.state();
    expect(value).toMatchObject({ title: 'On engines, from a train', views: 7 });
    expect(value.checklist.map(({ done }) => done)).toEqual([true, true, false]);
    await expect.poll(() => title('Ada').inputValue()).not.toBe(''); // Ada, who had read nothing, reads it now.
  });

  test('can edit as soon as there is something to edit, where the page was opened without a network', async () => {
    await button('Go offline').click();
    await page.reload();
    await page.getByRole('button', { name: 'A lock', disabled: false }).waitFor();
    expect(await train().getByRole('button', { name: 'Rename' }).isDisabled()).toBe(true);
    await button('Go offline').click();
    await expect.poll(() => train().getByRole('textbox').inputValue()).toBe('On engines');
    await rename('On engines, from a train');
    await nothingWaits();
    expect((await demo.state()).value.title).toBe('On engines, from a train');
  });

  test('a title that others changed waits for a decision, also over a reload', async () => {
    await button('Go offline').click();
    await rename('From a train');
    await entries().getByText('waiting').waitFor();
    await demo.press('rename');
    await button('Go offline').click();
    await entries().getByText('conflicted').waitFor();
    await page.reload();
    await train().getByRole('button', { name: 'Decide: Title' }).click();
    await dialog().getByRole('button', { name: 'Decide later' }).click();
    await expect(train().getByRole('textbox').inputValue()).resolves.toBe('From a train');
    await train().getByRole('button', { name: 'Decide: Title' }).click();
    await dialog().getByRole('radio', { name: 'Mine' }).check();
    await dialog().getByRole('button', { name: 'Save this' }).click();
    await nothingWaits();
    expect((await demo.state()).value.title).toBe('From a train');
  });

  test('what is refused stays with the server’s words, until it is tried again or discarded', async () => {
    await button('Refuse changes').click();
    await rename('Refused');
    await entries().getByText('Published articles are not changed').waitFor();
    await train().getByRole('button', { name: 'Count one view' }).click();
    await entries().nth(1).getByText('refused').waitFor();
    await train().getByRole('button', { name: 'Discard: Title' }).click();
    await expect(train().getByRole('textbox').inputValue()).resolves.toBe('On engines');
    await button('Refuse changes').click();
    await train().getByRole('button', { name: 'Try now: Views' }).click();
    await nothingWaits();
    expect((await demo.state()).value).toMatchObject({ title: 'On engines', views: 8 });
  });
});

describe('by keyboard alone', () => {
  beforeEach(() => open());

  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

  test('the dialog takes the focus, keeps it, and gives it back', async () => {
    await bothRename();
    expect(await focused()).toContain('somebody else changed this too');

    await page.keyboard.press('Tab'); // the choice
    await page.keyboard.press('Space'); // mine
    await page.keyboard.press('ArrowDown'); // theirs
    await expect(dialog().getByRole('radio', { name: 'Theirs' }).isChecked()).resolves.toBe(true);
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      // Past the last control comes the browser's own bar, never the page behind.
      expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)).toMatch(
        /DIALOG|BODY/,
      );
      if ((await focused()) === 'Save this') break;
    }
    await page.keyboard.press('Enter');
    await log().getByText('Nothing left to send').waitFor();
    expect((await demo.state()).value.title).toBe('From Ada');
    await expect(title('Grace').inputValue()).resolves.toBe('From Ada');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('grace-title');
  });

  test('Escape decides later: nothing is saved, and nothing typed is lost', async () => {
    await bothRename();
    await page.keyboard.press('Escape');
    await person('Grace').getByRole('alert').getByText('Not saved').waitFor();
    await expect(title('Grace').inputValue()).resolves.toBe('From Grace');
    expect((await demo.state()).value.title).toBe('From Ada');
    await title('Grace').press('Enter');
    await dialog().getByRole('button', { name: 'All mine' }).press('Enter');
    await dialog().getByRole('button', { name: 'Save this' }).press('Enter');
    await saved(2);
    expect((await demo.state()).value.title).toBe('From Grace');
  });
});

const looks: { name: string; look: Look }[] = [
  { name: 'a desktop, light', look: { viewport: { width: 1280, height: 860 }, colorScheme: 'light' } },
  { name: 'a desktop, dark', look: { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' } },
  {
    name: 'a phone, light',
    look: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' },
  },
  {
    name: 'a phone, dark',
    look: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' },
  },
];

describe.each(looks)('on $name', ({ look }) => {
  beforeEach(() => open(look));

  /** The page after a scene, and the same with the dialog open. */
  async function* views(): AsyncGenerator<string> {
    await button('Refuse changes').click();
    await title('Ada').fill('Refused');
    await save('Ada');
    await person('Ada').getByRole('alert').getByText('Published').waitFor();
    await button('Rename').click();
    await button('Tick the next item').click();
    await page.getByRole('button', { name: 'Discard: Checklist' }).waitFor();
    yield 'an error';
    await button('Same text, other words').click();
    await saved(2);
    yield 'a merge';
    await button('Same title').click();
    await dialog().getByRole('radio', { name: 'Mine' }).check();
    yield 'the dialog';
    await dialog().getByRole('button', { name: 'Decide later' }).click();
    await person('Grace').getByRole('alert').waitFor();
  }

  test('every control has a name, every text can be read, nothing is too small, nothing sticks out', async () => {
    for await (const view of views()) {
      const controls = await accessibleControls(page);
      expect(controls.length, view).toBeGreaterThan(5);
      expect(
        controls.filter(({ name }) => name === ''),
        view,
      ).toEqual([]);
      const texts = await contrasts(page);
      expect(texts.length, view).toBeGreaterThan(20);
      expect(
        texts.filter(({ ratio }) => ratio < 4.5),
        view,
      ).toEqual([]);
      expect(await tooSmall(page), view).toEqual([]);
      const overhang = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overhang, view).toBeLessThanOrEqual(0);
    }
  });
});

describe('the scenes', () => {
  test('show their code', async () => {
    await open();
    await page.getByText('The code of this scene').click();
    const code = page.locator('#scene-code code');
    await code.getByText('await grace.save();').waitFor();
    await button('A lock').click();
    await code.getByText("await press('lock');").waitFor();
    await saved(1);
  });

  test('can be seen on a phone: the page goes along', async () => {
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await button('Different fields').click();
    await saved(2);
    await page.getByRole('button', { name: 'Different fields', disabled: false }).waitFor();
    expect(await log().evaluate((element) => element.getBoundingClientRect().top < window.innerHeight)).toBe(true);
  });

  test.each([
    { scene: 'Different fields', saves: 2, ends: /^Saved as version/ },
    { scene: 'A lock', saves: 1, ends: /^Saved as version/ },
    { scene: 'A lost answer', saves: 1, ends: 'It was saved already' },
    { scene: 'Offline for a while', saves: 1, ends: /^Saved as version/ },
    { scene: 'On a train', saves: 2, ends: /^Saved as version/ },
  ])('$scene plays to its end', async ({ scene, saves, ends }) => {
    await open();
    await button(scene).click();
    await log()
      .getByText(ends)
      .nth(saves - 1)
      .waitFor();
    await page.getByRole('button', { name: scene, disabled: false }).waitFor();
  });
});
