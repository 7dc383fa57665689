import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundleProgram } from './bundle.js';
import { installed } from './installed.js';
import { STORY, TOLD } from './story.js';
import { link, run } from './tarball.js';

/** A folder in which nothing can be resolved: what runs there has everything inside. */
let elsewhere: string;
beforeAll(async () => {
  elsewhere = await mkdtemp(join(installed().tarball, '../elsewhere-'));
});

/** In a bundle for browsers there is no port to open: the same story over `server.fetch`. */
const BROWSER_STORY = STORY.replace('const { url } = await server.listen();', '').replace(
  'prefix: url,',
  'prefix: server.origin, fetch: server.fetch,',
);

test('esbuild bundles it for a browser, and the bundle works', async () => {
  const { code } = await bundleProgram(installed().bare, BROWSER_STORY);
  await writeFile(join(elsewhere, 'esbuild.mjs'), code);
  expect(await run(elsewhere, process.execPath, 'esbuild.mjs')).toBe(TOLD);
});

test('vite builds it, and what it built works', async () => {
  const { full } = installed();
  await link(full, ['vite']);
  await writeFile(join(full, 'vite-story.js'), BROWSER_STORY);
  const config = {
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(elsewhere, 'vite'),
      emptyOutDir: true,
      target: 'es2022',
      // Preloading asks for a document, and this runs in Node.
      modulePreload: false,
      rollupOptions: { input: 'vite-story.js' },
    },
  };
  const program = `import { build } from 'vite'; await build(${JSON.stringify(config)});`;
  await run(full, process.execPath, '--input-type=module', '--eval', program);
  const [entry] = (await run(elsewhere, 'ls', 'vite/assets'))
    .split('\n')
    .filter((name) => name.startsWith('vite-story'));
  expect(await run(elsewhere, process.execPath, `vite/assets/${entry}`)).toBe(TOLD);
});
