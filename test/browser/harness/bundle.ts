import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './serve-pages.js';

/** How a page's module is built. The repository's own `paths` lead to the sources; a page gets the package. */
const AS_A_PAGE = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"development"' },
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx' } },
  logLevel: 'silent',
} as const;

/**
 * A page's module, written in TypeScript (or TSX) below test/browser, as JavaScript. The package stays an import, for an import map to
 * resolve; with `{ package: 'inside' }` it is bundled as an application would bundle it, from what was built.
 */
export async function bundle(file: string, options: { readonly package?: 'outside' | 'inside' } = {}): Promise<string> {
  const { outputFiles } = await build({
    ...AS_A_PAGE,
    entryPoints: [join('test/browser', file)],
    external: options.package === 'inside' ? [] : ['unconflict', 'unconflict/*'],
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${file}.`);
  return output.text;
}

/** The same with the package inside, in as many files as an application that is split: by the path they are served at, `/<name>.js` first. */
export async function bundleInChunks(file: string): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    ...AS_A_PAGE,
    entryPoints: [join('test/browser', file)],
    outdir: join(root, 'out'),
    splitting: true,
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
}

/** A module given as text, with the package inside: an example of a page of the docs. */
export async function bundleText(contents: string, loader: 'js' | 'ts' | 'tsx'): Promise<string> {
  const { outputFiles } = await build({
    ...AS_A_PAGE,
    stdin: { contents, loader, resolveDir: root },
    external: ['node:*'],
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild made nothing of it.');
  return output.text;
}
