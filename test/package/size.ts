import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './tarball.js';

/** What an entry may cost a user, in bytes after bundling, minifying and gzip. */
export const BUDGETS: readonly { entry: string; without: string[]; bytes: number }[] = [
  { entry: 'index', without: [], bytes: 72_000 },
  { entry: 'core/index', without: ['fast-json-patch'], bytes: 22_500 },
  { entry: 'presets/index', without: [], bytes: 16_000 },
  { entry: 'otel/index', without: ['@opentelemetry/api'], bytes: 2_500 },
  { entry: 'testing/index', without: [], bytes: 38_000 },
];

export interface Size {
  readonly bytes: number;
  /** The packages that ended up in the bundle. */
  readonly packages: readonly string[];
}

/** Bundles `dist/<entry>.js` for a browser, `without` left out, and weighs it. */
export async function measure(entry: string, without: readonly string[]): Promise<Size> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`dist/${entry}.js`],
    external: [...without],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  const packages = Object.keys(metafile.inputs).flatMap((input) => {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
    return name === undefined ? [] : [name];
  });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0);
  return { bytes, packages: [...new Set(packages)].sort() };
}
