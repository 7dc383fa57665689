import { defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/servers/**', 'test/browser/**', 'test/bench/**', 'node_modules/**'],
    testTimeout: 30_000,
  },
});
export default config;
