import { expect, test } from 'vitest';
import { measureSizes } from '../../docs/.vitepress/sizes.js';
import { pageText } from './examples.js';

test('the README says what createClient weighs, within 2 kB', async () => {
  const [, first, all] = /`createClient` is (\d+) kB at first and (\d+) kB in all/.exec(pageText('README.md')) ?? [];
  const [measured] = (await measureSizes()).filter(({ name }) => name === 'createClient');
  expect(Math.abs(Number(first) - (measured?.first ?? 0))).toBeLessThan(2);
  expect(Math.abs(Number(all) - (measured?.all ?? 0))).toBeLessThan(2);
});
