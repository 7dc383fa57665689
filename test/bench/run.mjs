import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * `npm run bench` runs every test/bench/*.bench.ts, `npm run bench -- rebase` those with "rebase" in their name.
 * Each is bundled with the sources it imports and run by this node. tsconfig.json's paths lead `unconflict` to src.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.argv.slice(2);
const cache = join(root, 'node_modules/.cache/bench');
const names = (await readdir(join(root, 'test/bench')))
  .filter((name) => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort();

if (names.length === 0) {
  console.error(`No test/bench/*.bench.ts has ${wanted.join(' or ') || 'been written'} in its name.`);
  process.exitCode = 1;
}

await mkdir(cache, { recursive: true });
for (const name of names) {
  const outfile = join(cache, name.replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [`test/bench/${name}`],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  console.log(`\n${name}`);
  await import(pathToFileURL(outfile).href);
}
