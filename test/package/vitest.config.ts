import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** `npm run check:package`: what a user gets from the registry, checked as the tarball it would be. */
const config: ViteUserConfig = defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/package/**/*.test.ts'],
    globalSetup: ['test/package/installed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
export default config;
