import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';
import { root } from './tarball.js';
import type { BundlerName } from './weigh.js';

/** What an entry may cost a user, in bytes after bundling, minifying and gzip. */
export const BUDGETS: readonly { entry: string; without: string[]; bytes: number; names?: string[] }[] = [
  { entry: 'index', without: [], bytes: 118_100 },
  { entry: 'index', names: ['createClient'], without: [], bytes: 110_500 },
  { entry: 'eager/index', names: ['createClient'], without: [], bytes: 106_500 },
  { entry: 'core/index', without: ['fast-json-patch'], bytes: 30_600 },
  { entry: 'presets/index', without: [], bytes: 15_500 },
  { entry: 'tanstack-query/index', without: [], bytes: 500 },
  { entry: 'react/index', without: ['react'], bytes: 2_100 },
  // In one piece, with what is fetched with the first conflict that waits for a person.
  { entry: 'outbox/index', without: [], bytes: 67_800 },
  { entry: 'otel/index', without: ['@opentelemetry/api'], bytes: 2_100 },
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
      esbuild: [32_000, 113_700],
      rollup: [31_900, 113_900],
      vite: [31_600, 111_400],
      webpack: [32_000, 112_900],
    },
  },
  {
    name: 'createClient with every rule',
    program:
      "import { atomic, counter, createClient, latest, list, server, set, text } from 'unconflict'; console.log(createClient, [atomic, counter, latest, list, server, set, text]);",
    most: {
      esbuild: [32_200, 113_900],
      rollup: [32_000, 114_100],
      vite: [31_700, 111_500],
      webpack: [32_100, 113_100],
    },
  },
  {
    name: 'conflictFetch',
    program: "import { conflictFetch } from 'unconflict'; console.log(conflictFetch);",
    most: {
      esbuild: [32_500, 114_200],
      rollup: [32_400, 114_400],
      vite: [32_100, 111_900],
      webpack: [32_500, 113_400],
    },
  },
  {
    name: 'createClient with hooks for React and a conflict dialog',
    program:
      "import { ask, createClient } from 'unconflict'; import { useConflict, useDraft } from 'unconflict/react'; console.log(ask, createClient, useConflict, useDraft);",
    most: {
      esbuild: [37_500, 118_800],
      rollup: [36_500, 117_900],
      vite: [36_000, 115_300],
      webpack: [36_500, 116_900],
    },
  },
  {
    name: 'createClient with hooks for React',
    program:
      "import { createClient } from 'unconflict'; import * as hooks from 'unconflict/react'; console.log(createClient, hooks);",
    most: {
      esbuild: [34_100, 115_900],
      rollup: [33_600, 115_700],
      vite: [33_400, 113_200],
      webpack: [33_800, 114_800],
    },
  },
  {
    name: 'createClient with an outbox',
    program:
      "import { createClient } from 'unconflict'; import { indexedDb, outbox } from 'unconflict/outbox'; console.log(createClient, outbox, indexedDb);",
    most: {
      esbuild: [33_600, 130_900],
      rollup: [33_300, 131_100],
      vite: [32_900, 128_000],
      webpack: [33_400, 130_900],
    },
  },
  {
    name: 'createClient and an outbox in one piece',
    program: "import { createClient, outbox } from 'unconflict/eager'; console.log(createClient, outbox);",
    most: {
      esbuild: [119_900, 119_900],
      rollup: [120_300, 120_300],
      vite: [116_300, 116_300],
      webpack: [117_300, 117_300],
    },
  },
  {
    name: 'createClient in one piece',
    program: "import { createClient } from 'unconflict/eager'; console.log(createClient);",
    most: {
      esbuild: [106_500, 106_500],
      rollup: [106_800, 106_800],
      vite: [103_400, 103_400],
      webpack: [104_200, 104_200],
    },
  },
  {
    name: 'rebase',
    program: "import { rebase } from 'unconflict/core'; console.log(rebase);",
    most: { esbuild: [31_900, 31_900], rollup: [32_100, 32_100], vite: [31_000, 31_000], webpack: [31_400, 31_400] },
  },
  {
    name: 'diff',
    program: "import { diff } from 'unconflict/core'; console.log(diff);",
    most: { esbuild: [9_600, 9_600], rollup: [9_600, 9_600], vite: [9_400, 9_400], webpack: [9_400, 9_400] },
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
