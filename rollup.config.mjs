import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import esbuild from 'rollup-plugin-esbuild';

/**
 * The entries are what package.json's exports name, and nothing else lists them:
 * "./core": { "types": "./dist/core/index.d.ts", … } is built from src/core/index.ts.
 */
const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const entryNames = Object.values(exports)
  .filter((target) => typeof target === 'object')
  .map((target) => target.types.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1'));

const src = fileURLToPath(new URL('src/', import.meta.url));
/** What is imported without a client, too, and so must not bring one along. */
const BELOW_CLIENTS = ['core', 'protocol', 'errors'];

/** All that an application loads at once: what is reached from where `import()` is, which `unconflict/eager` must not hold. */
function loadedAtOnce(getModuleInfo) {
  const lazy = `${src}client/lazy.ts`;
  const reached = new Set([lazy]);
  for (const id of reached)
    for (const other of getModuleInfo(id).importedIds) if (other.startsWith(src)) reached.add(other);
  reached.delete(lazy);
  return reached;
}

let atOnce;
/**
 * A file for each source file, and the users' bundlers decide what goes into which chunk; but what is loaded at once is one file for each layer. Several
 * later parts need some of it, each something else, and bundlers that split by files would make a chunk of each such group.
 */
function fileOf(id, { getModuleInfo }) {
  if (!id.startsWith(src)) return undefined;
  atOnce ??= loadedAtOnce(getModuleInfo);
  const name = id.slice(src.length).replace(/\.tsx?$/, '');
  if (entryNames.includes(name)) return undefined;
  const [layer] = name.split('/');
  if (layer === 'errors') return 'errors/index';
  if (!atOnce.has(id)) return name;
  return BELOW_CLIENTS.includes(layer) ? `${layer}/at-once` : 'client/at-once';
}

export default {
  input: Object.fromEntries(entryNames.map((name) => [name, `src/${name}.ts`])),
  // Every bare import stays an import: users' bundlers deduplicate and tree-shake them.
  external: (id) => !/^[./]/.test(id),
  treeshake: { moduleSideEffects: false },
  plugins: [
    { name: 'clean', buildStart: () => rmSync('dist', { recursive: true, force: true }) },
    esbuild({ target: 'es2022', tsconfig: 'src/tsconfig.json' }),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    manualChunks: fileOf,
    onlyExplicitManualChunks: true,
    hoistTransitiveImports: false,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // Rollup drops directives: what holds hooks tells React's server bundlers again that it is for clients.
    banner: ({ name, isEntry }) => (isEntry && name === 'react/index' ? "'use client';" : ''),
  },
};
