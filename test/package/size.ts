import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';
import { root } from './tarball.js';

/** What an entry may cost a user, in bytes after bundling, minifying and gzip. */
export const BUDGETS: readonly { entry: string; without: string[]; bytes: number; names?: string[] }[] = [
  { entry: 'index', without: [], bytes: 107_500 },
  { entry: 'index', names: ['createClient'], without: [], bytes: 101_500 },
  { entry: 'eager/index', names: ['createClient'], without: [], bytes: 97_000 },
  { entry: 'core/index', without: ['fast-json-patch'], bytes: 29_500 },
  { entry: 'presets/index', without: [], bytes: 16_000 },
  { entry: 'tanstack-query/index', without: [], bytes: 1_500 },
  { entry: 'react/index', without: ['react'], bytes: 2_500 },
  { entry: 'otel/index', without: ['@opentelemetry/api'], bytes: 2_500 },
  { entry: 'testing/index', without: [], bytes: 46_000 },
];

export interface Size {
  readonly bytes: number;
  /** The packages that ended up in the bundle. */
  readonly packages: readonly string[];
}

/** Bundles `dist/<entry>.js` for a browser, or of it only what is used, `without` left out, and weighs it. */
export async function measure(entry: string, without: readonly string[], names: readonly string[] = []): Promise<Size> {
  const door = `./dist/${entry}.js`;
  const contents = `export ${names.length === 0 ? '*' : `{ ${names.join(', ')} }`} from '${door}';`;
  const { code, packages } = await bundle({ stdin: { contents, resolveDir: root }, external: [...without, 'node:*'] });
  return { bytes: gzipSync(code, { level: 9 }).byteLength, packages };
}
