import { readFileSync, rmSync } from 'node:fs';
import esbuild from 'rollup-plugin-esbuild';

/**
 * The entries are what package.json's exports name, and nothing else lists them:
 * "./core": { "types": "./dist/core/index.d.ts", … } is built from src/core/index.ts.
 */
const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const entryNames = Object.values(exports)
  .filter((target) => typeof target === 'object')
  .map((target) => target.types.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1'));

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
    // A file for each source file: which of them goes into which chunk of an application, its own bundler decides best.
    preserveModules: true,
    preserveModulesRoot: 'src',
    entryFileNames: '[name].js',
    // Rollup drops directives: what holds hooks tells React's server bundlers again that it is for clients.
    banner: ({ name, isEntry }) => (isEntry && name === 'react/index' ? "'use client';" : ''),
  },
};
