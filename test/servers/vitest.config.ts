import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { sources } from '../vitest.config.js';

/** `npm run test:servers`: servers that nobody here wrote, installed on demand, one after the other. */
const config: ViteUserConfig = defineConfig({
  resolve: { alias: sources },
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/servers/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 600_000, // The first run installs the server.
  },
});
export default config;
