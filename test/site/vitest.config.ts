import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** `npm run check:docs`: the built site in real Chromium, wide and narrow, light and dark. */
const config: ViteUserConfig = defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/site/**/*.test.ts'],
    globalSetup: 'test/browser/harness/chromium.ts',
    // Axe on the longest page takes 5 s alone, and a minute where the machine is busy with other things.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
export default config;
