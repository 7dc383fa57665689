import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const root: string = fileURLToPath(new URL('..', import.meta.url));

/** Tests and examples import the package by its name and get the sources. */
export const sources: { find: RegExp; replacement: string }[] = [
  { find: /^unconflict$/, replacement: `${root}src/index.ts` },
  { find: /^unconflict\/([\w-]+)$/, replacement: `${root}src/$1/index.ts` },
];

/** `npm test`: everything that needs neither a real server, a browser nor the packed tarball. */
const config: ViteUserConfig = defineConfig({
  resolve: { alias: sources },
  test: {
    root,
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['servers', 'browser', 'package', 'bench', 'site']
      .map((room) => `test/${room}/**`)
      .concat('node_modules/**'),
    testTimeout: 30_000,
    typecheck: {
      enabled: true,
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
      ignoreSourceErrors: true,
    },
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
export default config;
