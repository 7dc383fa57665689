import { describe, expect, test } from 'vitest';
import { importAgain } from '../../src/client/import-again.js';

const fileOf = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
/** What a browser says of it, each time: it remembers that the file did not come. */
const gone = (words: string, address: string) => async (): Promise<{ makeIt(): number }> => {
  throw new TypeError(`${words}: ${address}`);
};

describe('code that a browser does not ask for again', () => {
  test.each([
    ['Chromium', 'Failed to fetch dynamically imported module'],
    ['Firefox', 'error loading dynamically imported module'],
  ])('is asked for by another address the second time (%s)', async (_browser, words) => {
    const load = importAgain(gone(words, fileOf('export const makeIt = () => 1;')), 'makeIt');
    await expect(load()).rejects.toThrow(words);
    expect((await load()).makeIt()).toBe(1);
  });

  test('is found where the bundler gives it out as one export of the file', async () => {
    const address = fileOf('const makeIt = () => 2; export const other = null; export const m = { makeIt };');
    const load = importAgain(gone('Failed to fetch dynamically imported module', address), 'makeIt');
    await expect(load()).rejects.toThrow('Failed');
    expect((await load()).makeIt()).toBe(2);
  });

  test.each([
    [
      'a file that is not the module',
      `Failed to fetch dynamically imported module: ${fileOf('export const other = 1;')}`,
    ],
    [
      'an error of a bundler, which asks again by itself',
      'Loading chunk 7 failed. (missing: https://api.example.com/7.js)',
    ],
  ])('is not taken from %s', async (_what, message) => {
    const failure = new TypeError(message);
    const load = importAgain((): Promise<{ makeIt(): number }> => Promise.reject(failure), 'makeIt');
    for (let call = 0; call < 3; call++) await expect(load()).rejects.toBe(failure);
  });
});
