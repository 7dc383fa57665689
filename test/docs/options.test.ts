import { readdirSync, readFileSync } from 'node:fs';
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

  test('shows all interfaces of options, but those of presets and of the test server, which have pages of their own', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const named = files
      .filter((file) => !/^(?:presets|testing)\//.test(file))
      .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/^export interface (\w+Options)\b/gm)])
      .map(([, name = '']) => name);
    const results = ['ResourceQueryOptions', 'ResourceMutationOptions'];
    const shown = [...optionRows(source).keys(), ...results];
    expect(named).toContain('OutboxOptions');
    expect(named.filter((name) => !shown.includes(name))).toEqual([]);
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
