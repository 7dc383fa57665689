import { expect, test } from 'vitest';
import { measureSizes } from '../../docs/.vitepress/sizes.js';
import { pageText } from './examples.js';

test('createClient weighs no more than the README says, give or take 2 kB', async () => {
  const [, first, all] = /`createClient` is (\d+) kB at first and (\d+) kB in all/.exec(pageText('README.md')) ?? [];
  const [measured] = (await measureSizes()).filter(({ name }) => name === 'createClient');
  expect(measured?.first).toBeLessThan(Number(first) + 2);
  expect(measured?.all).toBeLessThan(Number(all) + 2);
});
