import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { sources } from '../vitest.config.js';

/** `npm run test:browser`: the tests run in Node and drive real Chromium; the pages import the built package. */
const config: ViteUserConfig = defineConfig({
  resolve: { alias: sources },
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/browser/**/*.test.{ts,tsx}'],
    globalSetup: 'test/browser/harness/chromium.ts',
    fileParallelism: false, // One Chromium at a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
export default config;
