import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { optionRows, optionsPage } from '../../docs/.vitepress/options-page.js';
import { root } from './examples.js';

const source = join(root, 'src');

describe('docs/options.md', { timeout: 30_000 }, () => {
  test('is what the docstrings say: npm run docs:options writes it anew', async () => {
    await expect(optionsPage(source)).toMatchFileSnapshot(join(root, 'docs/options.md'));
  });

  test('says of every option what it does', () => {
    const silent = [...optionRows(source)].flatMap(([name, rows]) =>
      rows.filter(({ text, default: value }) => text === '' && value === undefined).map((row) => `${name}.${row.name}`),
    );
    expect(silent).toEqual([]);
  });

  test('has the budget with its defaults and units', () => {
    const budget = Object.fromEntries(
      optionRows(source)
        .get('ConflictRetry')
        ?.map((row) => [row.name, row.default]) ?? [],
    );
    expect(budget).toMatchObject({ attempts: '20', deadline: '30,000 ms', minDelay: '25 ms' });
  });
});
