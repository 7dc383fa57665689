import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './serve-pages.js';

/**
 * A page's module, written in TypeScript (or TSX) below test/browser, as JavaScript. The package stays an import, for an import map to
 * resolve; with `{ package: 'inside' }` it is bundled as an application would bundle it, from what was built.
 */
export async function bundle(file: string, options: { readonly package?: 'outside' | 'inside' } = {}): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join('test/browser', file)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    // The repository's own `paths` lead to the sources; a page gets the package.
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx' } },
    external: options.package === 'inside' ? [] : ['unconflict', 'unconflict/*'],
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${file}.`);
  return output.text;
}
