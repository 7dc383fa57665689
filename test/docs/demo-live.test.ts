import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run demo`, without the build before it: `npm test` has built already. What it does in a browser is in test/browser. */
function live(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['docs/demo/live.mjs', ...args], { cwd: root, timeout: 20_000 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), out, err });
    });
  });
}

describe('npm run demo', () => {
  test('--check finds everything the page needs, and ends', async () => {
    const { code, out } = await live('--check');
    expect(out).toMatch(/^(\d+) of \1 are there\n$/);
    expect(code).toBe(0);
  });

  test.each([{ words: ['--port', 'nowhere'] }, { words: ['--port', '70000'] }, { words: ['--what'] }])(
    'does not guess what $words means',
    async ({ words }) => {
      const { code, err } = await live(...words);
      expect(code).toBe(2);
      expect(err).toContain('Usage: npm run demo');
    },
  );

  test('says so when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { code, err } = await live('--port', String((other.address() as AddressInfo).port));
    other.close();
    expect(code).toBe(1);
    expect(err).toContain('EADDRINUSE');
  });
});
