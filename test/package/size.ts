import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';
import { root } from './tarball.js';
import type { BundlerName } from './weigh.js';

/** What an entry may cost a user, in bytes after bundling, minifying and gzip. */
export const BUDGETS: readonly { entry: string; without: string[]; bytes: number; names?: string[] }[] = [
  { entry: 'index', without: [], bytes: 115_900 },
  { entry: 'index', names: ['createClient'], without: [], bytes: 108_200 },
  { entry: 'eager/index', names: ['createClient'], without: [], bytes: 104_800 },
  { entry: 'core/index', without: ['fast-json-patch'], bytes: 28_700 },
  { entry: 'presets/index', without: [], bytes: 15_600 },
  { entry: 'tanstack-query/index', without: [], bytes: 500 },
  { entry: 'react/index', without: ['react'], bytes: 2_100 },
  // In one piece, with what is fetched with the first conflict that waits for a person.
  { entry: 'outbox/index', without: [], bytes: 65_100 },
  { entry: 'otel/index', without: ['@opentelemetry/api'], bytes: 2_100 },
  { entry: 'testing/index', without: [], bytes: 44_100 },
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

/** Bytes: what is loaded at once, and everything. */
type Most = readonly [first: number, all: number];

/**
 * What a program loads, by the bundler it was built with: what was measured, rounded up a little. Lower a number when it can be lower; a
 * reason to raise one must be worth it to everybody who loads it.
 */
export const PROGRAMS: readonly {
  readonly name: string;
  readonly program: string;
  readonly most: Readonly<Record<BundlerName, Most>>;
}[] = [
  {
    name: 'createClient',
    program: "import { createClient } from 'unconflict'; console.log(createClient);",
    most: {
      esbuild: [31_800, 111_800],
      rollup: [31_700, 112_000],
      vite: [31_500, 109_600],
      webpack: [31_900, 111_000],
    },
  },
  {
    name: 'createClient with every rule',
    program:
      "import { atomic, counter, createClient, latest, list, server, set, text } from 'unconflict'; console.log(createClient, [atomic, counter, latest, list, server, set, text]);",
    most: {
      esbuild: [32_000, 111_900],
      rollup: [31_900, 112_200],
      vite: [31_600, 109_700],
      webpack: [32_000, 111_100],
    },
  },
  {
    name: 'conflictFetch',
    program: "import { conflictFetch } from 'unconflict'; console.log(conflictFetch);",
    most: {
      esbuild: [32_300, 112_300],
      rollup: [32_200, 112_500],
      vite: [32_000, 110_000],
      webpack: [32_400, 111_500],
    },
  },
  {
    name: 'createClient with hooks for React and a conflict dialog',
    program:
      "import { ask, createClient } from 'unconflict'; import { useConflict, useDraft } from 'unconflict/react'; console.log(ask, createClient, useConflict, useDraft);",
    most: {
      esbuild: [37_400, 116_800],
      rollup: [36_300, 116_000],
      vite: [35_900, 113_400],
      webpack: [36_400, 115_000],
    },
  },
  {
    name: 'createClient with hooks for React',
    program:
      "import { createClient } from 'unconflict'; import * as hooks from 'unconflict/react'; console.log(createClient, hooks);",
    most: {
      esbuild: [34_000, 114_000],
      rollup: [33_500, 113_800],
      vite: [33_300, 111_400],
      webpack: [33_600, 112_800],
    },
  },
  {
    name: 'createClient with an outbox',
    program:
      "import { createClient } from 'unconflict'; import { indexedDb, outbox } from 'unconflict/outbox'; console.log(createClient, outbox, indexedDb);",
    most: {
      esbuild: [33_300, 128_300],
      rollup: [33_000, 128_400],
      vite: [32_700, 125_500],
      webpack: [33_100, 130_500],
    },
  },
  {
    name: 'createClient and an outbox in one piece',
    program: "import { createClient, outbox } from 'unconflict/eager'; console.log(createClient, outbox);",
    most: {
      esbuild: [117_600, 117_600],
      rollup: [118_000, 118_000],
      vite: [114_000, 114_000],
      webpack: [115_000, 115_000],
    },
  },
  {
    name: 'createClient in one piece',
    program: "import { createClient } from 'unconflict/eager'; console.log(createClient);",
    most: {
      esbuild: [104_800, 104_800],
      rollup: [105_100, 105_100],
      vite: [101_800, 101_800],
      webpack: [102_500, 102_500],
    },
  },
  {
    name: 'rebase',
    program: "import { rebase } from 'unconflict/core'; console.log(rebase);",
    most: { esbuild: [30_000, 30_000], rollup: [30_100, 30_100], vite: [29_100, 29_100], webpack: [29_500, 29_500] },
  },
  {
    name: 'diff',
    program: "import { diff } from 'unconflict/core'; console.log(diff);",
    most: { esbuild: [9_600, 9_600], rollup: [9_700, 9_700], vite: [9_400, 9_400], webpack: [9_500, 9_500] },
  },
];

/** What each preset loads by itself, built with esbuild. Most of it is what its version scheme is made of, which presets share. */
export const PRESETS: Readonly<Record<string, number>> = {
  azureBlob: 4_450,
  azureDevOps: 6_100,
  azureTable: 4_600,
  commercetools: 5_300,
  confluence: 5_300,
  contentful: 4_200,
  cosmos: 5_350,
  couchdb: 5_250,
  elasticsearch: 4_250,
  etcd: 6_450,
  fhir: 4_500,
  firebaseRealtime: 3_300,
  firestore: 7_050,
  gcs: 5_600,
  ghost: 5_600,
  github: 7_500,
  googleApi: 5_500,
  grafana: 6_500,
  http: 3_200,
  kinto: 5_700,
  kubernetes: 7_250,
  lxd: 4_650,
  mediaWiki: 5_350,
  nodeRed: 5_350,
  odata: 4_750,
  openProject: 5_600,
  openstack: 7_150,
  redmineWiki: 5_450,
  s3: 3_200,
  sanity: 6_700,
  solid: 3_250,
  vault: 6_100,
  wikibase: 4_450,
};
