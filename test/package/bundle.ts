import { type BuildOptions, build } from 'esbuild';
import { manifest, root } from './tarball.js';

export interface Bundle {
  readonly code: string;
  /** The other packages that ended up in it. */
  readonly packages: readonly string[];
}

/** Bundles and minifies for a browser, as an application would. */
export async function bundle(options: BuildOptions): Promise<Bundle> {
  const { outputFiles = [], metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    ...options,
    write: false,
    metafile: true,
  });
  // An input is only read; what is in the output counts.
  const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const packages = inputs.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return {
    code: outputFiles.map(({ text }) => text).join('\n'),
    packages: [...new Set(packages)].filter((name) => name !== manifest.name).sort(),
  };
}

/** Bundles a program of a user's, in the folder where the package is installed. */
export function bundleProgram(folder: string, program: string): Promise<Bundle> {
  return bundle({
    absWorkingDir: folder,
    stdin: { contents: program, resolveDir: folder, sourcefile: 'user.js' },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}

/** The packages that a file of `dist` imports, itself or through its chunks. */
export async function externalsOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    packages: 'external',
    external: ['node:*'],
    write: false,
    metafile: true,
    format: 'esm',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports.map(({ path }) =>
    path.startsWith('@') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] ?? path),
  );
  return [...new Set(names)];
}
