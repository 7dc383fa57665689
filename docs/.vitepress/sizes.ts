import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** What a page loads of one import, in kB of 1,000 bytes, minified and gzipped, with everything it depends on. */
export interface Size {
  readonly name: string;
  /** Before it can begin. */
  readonly first: number;
  /** With what is loaded later, when it is needed. */
  readonly all: number;
}

/** What is weighed. Frameworks (react) are left out: an application has them. */
const IMPORTS: readonly { name: string; from: string; names: readonly string[] }[] = [
  { name: 'createClient', from: 'index.js', names: ['createClient'] },
  { name: 'conflictFetch', from: 'index.js', names: ['conflictFetch'] },
  { name: 'createClient and useResource (React)', from: 'react/index.js', names: ['useResource'] },
  { name: 'createClient and an outbox in IndexedDB', from: 'outbox/index.js', names: ['indexedDb', 'outbox'] },
  { name: 'rebase (unconflict/core)', from: 'core/index.js', names: ['rebase'] },
  { name: 'diff (unconflict/core)', from: 'core/index.js', names: ['diff'] },
  { name: 'ky alone, for comparison', from: '', names: ['default'] },
];

/** Weighs the built package as a bundler would deliver it. */
export function measureSizes(): Promise<Size[]> {
  return Promise.all(
    IMPORTS.map(async ({ name, from, names }) => {
      const file = from === '' ? 'ky' : join(root, 'dist', from);
      const isAddition = ['react/index.js', 'outbox/index.js'].includes(from);
      const also = isAddition ? `export { createClient } from '${join(root, 'dist/index.js')}';` : '';
      const { outputFiles, metafile } = await build({
        stdin: {
          contents: `export { ${names.join(', ')} } from '${file}';${also}`,
          resolveDir: root,
          sourcefile: 'entry.js',
        },
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        outdir: join(root, 'sizes'),
        write: false,
        metafile: true,
        external: ['react', 'node:*', '@opentelemetry/api'],
        logLevel: 'error',
      });
      const weights = new Map(
        outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).byteLength / 1_000]),
      );
      const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
      const start = [...outputs].find(
        ([, { entryPoint }]) => entryPoint !== undefined && !entryPoint.startsWith('dist'),
      )?.[0];
      const atOnce = new Set<string>();
      const follow = (file: string): void => {
        if (atOnce.has(file)) return;
        atOnce.add(file);
        for (const { path, kind } of outputs.get(file)?.imports ?? []) {
          if (kind === 'import-statement' && outputs.has(basename(path))) follow(basename(path));
        }
      };
      if (start !== undefined) follow(start);
      const sum = (files: Iterable<string>): number =>
        [...files].reduce((total, file) => total + (weights.get(file) ?? 0), 0);
      return { name, first: sum(atOnce), all: sum(weights.keys()) };
    }),
  );
}
