import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { externalsOf } from './bundle.js';
import { installed } from './installed.js';
import { STORY, TOLD } from './story.js';
import { entries, manifest, root, run } from './tarball.js';

/** The oldest that works, the oldest that is declared, and the newest with long-term support. */
const NODES = ['20.20.2', '22.22.0', '24.21.0'];

/** Runs a program in a Node of this version: this one, or one from the registry. */
function runIn(version: string, folder: string, ...args: string[]): Promise<string> {
  if (process.version === `v${version}`) return run(folder, process.execPath, ...args);
  return run(folder, 'npm', 'exec', '--yes', '--prefer-offline', `--package=node@${version}`, '--', 'node', ...args);
}

const importing = (specifiers: readonly string[]): string => `
  const specifiers = ${JSON.stringify(specifiers)};
  const names = {};
  for (const specifier of specifiers) names[specifier] = Object.keys(await import(specifier)).length;
  console.log(JSON.stringify({ version: process.version, names }));`;

interface Imported {
  readonly version: string;
  readonly names: Record<string, number>;
}

describe.each(NODES)('plain Node %s', (version) => {
  test('imports every entry', async () => {
    const specifiers = entries.map(({ specifier }) => specifier);
    const out = await runIn(version, installed().full, '--input-type=module', '--eval', importing(specifiers));
    const { version: inside, names } = JSON.parse(out) as Imported;
    expect(inside).toBe(`v${version}`);
    expect(Object.keys(names)).toEqual(specifiers);
    expect(Object.values(names).every((count) => count > 0)).toBe(true);
  });

  test('merges 1,000 levels, and a tenth of the stack is left', async () => {
    const deep = `
      import { rebase } from 'unconflict/core';
      const deep = (shapes, x, y) => {
        let value = { x, y };
        for (let level = 0; level < 998; level++) value = shapes[level % shapes.length] === 'list' ? [value] : { a: value };
        return value;
      };
      for (const shapes of [['object'], ['list'], ['object', 'list']]) {
        const [base, local, remote] = [deep(shapes, 1, 1), deep(shapes, 2, 1), deep(shapes, 3, 1)];
        if (rebase({ base, local, remote }).conflicts.length !== 1) throw new Error('no conflict');
        rebase({ base: { base }, local: { base: local }, remote: { base, top: 2 } });
      }
      console.log('merged');`;
    // Node gives 984 kB by default.
    const args = ['--stack-size=890', '--input-type=module', '--eval', deep];
    expect(await runIn(version, installed().full, ...args)).toMatch(/^merged/);
  });

  test('resolves a conflict over a real port', async () => {
    await writeFile(join(installed().full, 'story.mjs'), STORY);
    expect(await runIn(version, installed().full, 'story.mjs')).toBe(TOLD);
  });
});

test('in a folder that was empty, every entry without peers of its own is imported', async () => {
  const peers = Object.keys(manifest.peerDependencies);
  const needs = await Promise.all(entries.map(({ file }) => externalsOf(file)));
  const free = entries.filter((_, i) => !needs[i]?.some((name) => peers.includes(name)));
  const specifiers = free.map(({ specifier }) => specifier);
  expect(specifiers).toEqual(
    expect.arrayContaining(['unconflict', 'unconflict/core', 'unconflict/presets', 'unconflict/testing']),
  );
  const out = await run(installed().bare, 'node', '--input-type=module', '--eval', importing(specifiers));
  expect(Object.keys((JSON.parse(out) as Imported).names)).toEqual(specifiers);
});

test('node --test runs the test of docs/testing.md, and fails it when it must', async () => {
  const page = await readFile(join(root, 'docs/testing.md'), 'utf8');
  const [, code = ''] = /```text\n([^`]*node:test[^`]*)```/.exec(page) ?? [];
  await writeFile(join(installed().bare, 'docs.test.mjs'), code);
  expect(await run(installed().bare, process.execPath, '--test', 'docs.test.mjs')).toMatch(/^. pass 1$/m);
  await writeFile(join(installed().bare, 'wrong.test.mjs'), code.replace('ERR_GONE', 'ERR_CONFLICT'));
  await expect(run(installed().bare, process.execPath, '--test', 'wrong.test.mjs')).rejects.toThrow(/^. fail 1$/m);
});
