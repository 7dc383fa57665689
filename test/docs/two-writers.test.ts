import { describe, expect, test, vi } from 'vitest';
import { type TwoWriters, twoWriters, type Writer } from '../../docs/.vitepress/theme/two-writers.js';

async function opened(): Promise<{ page: TwoWriters; ada: Writer; grace: Writer }> {
  const page = twoWriters({ latency: 0, onChange: () => {} });
  await page.reset();
  const [ada, grace] = page.writers;
  if (ada === undefined || grace === undefined) throw new Error('two people');
  return { page, ada, grace };
}

describe('the demo on the home page', () => {
  test('with unconflict both changes are saved', async () => {
    const { page, ada, grace } = await opened();
    ada.form.title = 'On engines that count';
    grace.form.proofread = true;
    await page.save(ada, true);
    await page.save(grace, true);
    expect(page.server).toMatchObject({ title: 'On engines that count', proofread: true });
    expect(page.lost).toEqual([]);
    expect(page.lines.map(({ who, status }) => `${who} ${status}`)).toEqual([
      'Ada 200',
      'Grace 412',
      'Grace 200',
      'Grace 200',
    ]);
    expect(grace).toMatchObject({ form: page.server, says: 'Saved. The other change is still there.' });
  });

  test('without it the second save overwrites the first, and the page says so', async () => {
    const { page, ada, grace } = await opened();
    ada.form.title = 'On engines that count';
    grace.form.proofread = true;
    await page.save(ada, false);
    await page.save(grace, false);
    expect(page.server).toMatchObject({ title: 'On engines', proofread: true });
    expect(page.lost).toEqual(['Grace overwrote the title that was just saved.']);
  });

  test('two titles are asked about, and what is chosen is saved', async () => {
    const { page, ada, grace } = await opened();
    ada.form.title = 'On engines that count';
    grace.form.title = 'The mill and the store';
    await page.save(ada, true);
    const saving = page.save(grace, true);
    await vi.waitFor(() => expect(grace.session).toBeDefined());
    grace.session?.chooseAll('remote');
    await grace.session?.submit();
    await saving;
    expect(page.server.title).toBe('On engines that count');
    expect(grace).toMatchObject({ session: undefined, form: { title: 'On engines that count' } });
  });
});
