import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { externalsOf } from './bundle.js';
import { installed } from './installed.js';
import { BUDGETS, measure } from './size.js';
import { entries, manifest, root, run } from './tarball.js';

const bin = (name: string): string => join(root, 'node_modules/.bin', name);

describe('the packed tarball', () => {
  test('holds every file that exports names', () => {
    const named = entries.flatMap(({ files }) => files.map((file) => file.replace('./', '')));
    expect(installed().files).toEqual(expect.arrayContaining(named));
  });

  test('holds dist and the papers, and nothing else', () => {
    const others = installed().files.filter((file) => !file.startsWith('dist/'));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json', 'skills/unconflict/SKILL.md']);
  });

  test('publint --strict has no complaint', async () => {
    await expect(run(root, bin('publint'), '--strict', installed().tarball)).resolves.toContain('All good');
  });

  test('are-the-types-wrong finds every entry right for ESM', async () => {
    const report = await run(root, bin('attw'), installed().tarball, '--profile', 'esm-only', '--no-color');
    expect(report.match(/node16 \(from ESM\): 🟢 \(ESM\)/g)).toHaveLength(entries.length);
  });
});

describe('dependencies', () => {
  test('every peer is optional', () => {
    const required = Object.keys(manifest.peerDependencies).filter(
      (name) => manifest.peerDependenciesMeta[name]?.optional !== true,
    );
    expect(required).toEqual([]);
  });

  test.each(entries)('$specifier imports only what the manifest names', async ({ file }) => {
    const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const externals = (await externalsOf(file)).filter((name) => !name.startsWith('node:'));
    expect(named).toEqual(expect.arrayContaining(externals));
  });
});

describe('size', () => {
  test('every entry has a budget', () => {
    const budgeted = BUDGETS.map(({ entry }) => `./dist/${entry}.js`);
    expect([...new Set(budgeted)].sort()).toEqual(entries.map(({ file }) => file).sort());
  });

  test.each(BUDGETS)('$entry costs at most $bytes bytes', async ({ entry, without, bytes, names = [] }) => {
    const size = await measure(entry, without, names);
    console.log(
      `${[entry, ...names].join(' ')}: ${size.bytes} of ${bytes} bytes, with ${size.packages.join(', ') || 'no package'}`,
    );
    expect(size.bytes).toBeLessThanOrEqual(bytes);
  });
});
