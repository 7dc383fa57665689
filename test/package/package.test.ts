import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUDGETS, measure } from './size.js';
import { type Installed, packAndInstall, root, run } from './tarball.js';

interface Manifest {
  readonly name: string;
  readonly exports: Record<string, string | { types: string; default: string }>;
  readonly dependencies: Record<string, string>;
}

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([door, target]) =>
  typeof target === 'string' ? [] : [{ specifier: door.replace('.', manifest.name), files: Object.values(target) }],
);
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

let installed: Installed;
beforeAll(async () => {
  installed = await packAndInstall();
});
afterAll(() => installed?.remove());

describe('the packed tarball', () => {
  test('holds every file that exports names', () => {
    const named = entries.flatMap(({ files }) => files.map((file) => file.replace('./', '')));
    expect(installed.files).toEqual(expect.arrayContaining(named));
  });

  test('holds dist and the papers, and nothing else', () => {
    const others = installed.files.filter((file) => !file.startsWith('dist/'));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  });

  test('publint --strict has no complaint', async () => {
    await expect(run(root, bin('publint'), '--strict', installed.tarball)).resolves.toContain('All good');
  });

  test('are-the-types-wrong finds every entry right for ESM', async () => {
    const report = await run(root, bin('attw'), installed.tarball, '--profile', 'esm-only', '--no-color');
    expect(report.match(/node16 \(from ESM\): 🟢 \(ESM\)/g)).toHaveLength(entries.length);
  });

  test.each(entries)('plain node imports $specifier in a folder that was empty', async ({ specifier }) => {
    const program = `import * as entry from '${specifier}'; console.log(JSON.stringify(Object.keys(entry)));`;
    const names = JSON.parse(await run(installed.folder, 'node', '--input-type=module', '--eval', program)) as string[];
    expect(names.length).toBeGreaterThan(0);
  });

  test.each([
    { compiler: 'typescript 7', tsc: '@typescript/native', resolution: 'nodenext' },
    { compiler: 'typescript 7', tsc: '@typescript/native', resolution: 'bundler' },
    { compiler: 'typescript 6', tsc: '@typescript/old', resolution: 'bundler' },
  ])(
    'its declarations compile under strict $compiler, $resolution, without skipLibCheck',
    async ({ tsc, resolution }) => {
      const program = entries.map(
        ({ specifier }, i) => `import * as entry${i} from '${specifier}';\nvoid entry${i};\n`,
      );
      await writeFile(join(installed.folder, 'user.ts'), program.join(''));
      const options = [
        '--strict',
        '--noEmit',
        '--exactOptionalPropertyTypes',
        '--target',
        'es2022',
        '--lib',
        'es2023,dom',
      ];
      const modules = ['--module', resolution === 'bundler' ? 'esnext' : resolution, '--moduleResolution', resolution];
      const compiler = join(root, 'node_modules', tsc, 'bin/tsc');
      await run(installed.folder, 'node', compiler, ...options, ...modules, 'user.ts');
    },
  );
});

describe('size', () => {
  test.each(BUDGETS)('$entry costs at most $bytes bytes', async ({ entry, without, bytes, names = [] }) => {
    const size = await measure(entry, without, names);
    console.log(
      `${[entry, ...names].join(' ')}: ${size.bytes} of ${bytes} bytes, with ${size.packages.join(', ') || 'no package'}`,
    );
    expect(size.bytes).toBeLessThanOrEqual(bytes);
  });

  test('core brings fast-json-patch and no other package', async () => {
    expect((await measure('core/index', [])).packages).toEqual(['fast-json-patch']);
  });

  test('the main entry brings no package beyond its dependencies', async () => {
    const { packages } = await measure('index', []);
    const indirect = ['fast-deep-equal', 'is-network-error'];
    expect([...Object.keys(manifest.dependencies), ...indirect]).toEqual(expect.arrayContaining([...packages]));
  });
});
