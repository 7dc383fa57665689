import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as esbuild, transform } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** Bytes after minifying and gzip, each file by itself, as a server sends them. */
export interface Weight {
  /** What is loaded before the program runs. */
  readonly first: number;
  /** That, and all that it may fetch later. */
  readonly all: number;
}

/** One file that a bundler wrote, and the files that are loaded with it. */
interface Output {
  readonly name: string;
  readonly code: string | Uint8Array;
  readonly with: readonly string[];
  readonly isEntry: boolean;
}

type Bundler = (folder: string, entry: string) => Promise<readonly Output[]>;

/** What an application brings itself. */
const OWN_OF_THE_APPLICATION = ['react', '@opentelemetry/api'];

export type BundlerName = 'esbuild' | 'rollup' | 'vite' | 'webpack';
export const bundlerNames: readonly BundlerName[] = ['esbuild', 'rollup', 'vite', 'webpack'];

/** What people build applications with, in the mode that splits them. */
const BUNDLERS: Readonly<Record<BundlerName, Bundler>> = {
  esbuild: async (folder, entry) => {
    const { metafile, outputFiles } = await esbuild({
      absWorkingDir: folder,
      entryPoints: [entry],
      outdir: 'out',
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      external: [...OWN_OF_THE_APPLICATION, 'node:*'],
      logLevel: 'silent',
      write: false,
      metafile: true,
    });
    const files = Object.entries(metafile.outputs);
    return files.map(([name, { imports, entryPoint }]) => ({
      name,
      code: outputFiles.find(({ path }) => path.endsWith(name))?.contents ?? '',
      with: imports.flatMap(({ path, kind, external }) =>
        kind === 'import-statement' && external !== true ? [path] : [],
      ),
      isEntry: entryPoint === entry,
    }));
  },

  rollup: async (folder, entry) => {
    const bundle = await rollup({
      input: join(folder, entry),
      external: [...OWN_OF_THE_APPLICATION, /^node:/],
      treeshake: { moduleSideEffects: false },
      onwarn: () => {},
      plugins: [{ name: 'packages', resolveId: (name, from) => (from === undefined ? null : moduleOf(name, from)) }],
    });
    const { output } = await bundle.generate({ format: 'es' });
    const chunks = output.filter((file) => file.type === 'chunk');
    return Promise.all(
      chunks.map(async ({ fileName, code, imports, isEntry }) => ({
        name: fileName,
        code: (await transform(code, { minify: true, format: 'esm', target: 'es2022' })).code,
        with: imports,
        isEntry,
      })),
    );
  },

  vite: async (folder, entry) => {
    const built = await vite({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rollupOptions: { input: join(folder, entry), external: [...OWN_OF_THE_APPLICATION, /^node:/] },
      },
    });
    if (!('output' in built)) throw new Error('vite built several things, and one was asked for');
    return built.output.flatMap((file) =>
      file.type === 'chunk'
        ? [{ name: file.fileName, code: file.code, with: file.imports, isEntry: file.isEntry }]
        : [],
    );
  },

  webpack: async (folder, entry) => {
    const path = await mkdtemp(join(tmpdir(), 'unconflict-webpack-'));
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry: `./${entry}`,
      target: ['web', 'es2022'],
      experiments: { outputModule: true },
      externals: Object.fromEntries(OWN_OF_THE_APPLICATION.map((name) => [name, `module ${name}`])),
      output: { path, module: true, chunkFormat: 'module', clean: true },
      performance: false,
    });
    if (compiler === null) throw new Error('webpack made no compiler');
    const { entrypoints = {} } = await new Promise<webpack.StatsCompilation>((resolve, reject) => {
      compiler.run((error, stats) => {
        const told = stats?.toJson();
        if (error !== null || stats?.hasErrors() === true || told === undefined)
          reject(error ?? new Error(JSON.stringify(told?.errors)));
        else compiler.close(() => resolve(told));
      });
    });
    const [first = ''] = (entrypoints.main?.assets ?? []).map(({ name }) => name);
    const names = (await readdir(path)).filter((name) => /\.m?js$/.test(name));
    return Promise.all(
      names.map(async (name) => ({
        name,
        code: await readFile(join(path, name)),
        with: name === first ? (entrypoints.main?.assets ?? []).map((asset) => asset.name) : [],
        isEntry: name === first,
      })),
    );
  },
};

/** Builds a program of a user's, in the folder where the package is installed, and weighs what a browser would load. */
export async function weigh(bundler: BundlerName, folder: string, program: string): Promise<Weight> {
  const entry = `weighed-by-${bundler}.js`;
  await writeFile(join(folder, entry), program);
  const outputs = await BUNDLERS[bundler](folder, entry);
  const sizeOf = new Map(outputs.map(({ name, code }) => [name, gzipSync(code, { level: 9 }).byteLength]));
  const atOnce = new Set<string>();
  const load = (name: string): void => {
    if (atOnce.has(name) || !sizeOf.has(name)) return;
    atOnce.add(name);
    for (const other of outputs.find((output) => output.name === name)?.with ?? []) load(other);
  };
  for (const { name, isEntry } of outputs) if (isEntry) load(name);
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((bytes, name) => bytes + (sizeOf.get(name) ?? 0), 0);
  return { first: sum(atOnce), all: sum(sizeOf.keys()) };
}

/** The ES module that an import means. */
async function moduleOf(name: string, from: string): Promise<string> {
  if (name.startsWith('.')) return join(from, '..', name);
  const require = createRequire(from);
  const main = require.resolve(name);
  // A package without `exports` has its ES module under a name that only bundlers read.
  const [scope = '', plain = ''] = name.split('/');
  const inside = `node_modules/${scope.startsWith('@') ? `${scope}/${plain}` : scope}`;
  const folder = main.slice(0, main.lastIndexOf(`${inside}/`) + inside.length);
  const { module, exports }: { module?: string; exports?: { '.'?: { import?: unknown } } } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  // What `require` finds is another file where the package has one for each.
  const imported = name === inside.slice('node_modules/'.length) ? exports?.['.']?.import : undefined;
  if (typeof imported === 'string') return join(folder, imported);
  return module === undefined || exports !== undefined ? main : join(folder, module);
}
