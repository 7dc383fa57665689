import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const DEBIAN = '/usr/bin/chromium';

/** What Playwright does not pass by itself: nothing here may depend on a graphics card or a network. */
const FLAGS = ['--disable-gpu', '--disable-quic'];

function program(): string {
  const path = process.env.CHROMIUM ?? DEBIAN;
  if (existsSync(path)) return path;
  throw new Error(
    `Chromium is missing at ${path}: \`apt-get install -y chromium\` (\`.ci/run\` does it by itself), or set CHROMIUM to where it is.`,
  );
}

/** Vitest's global set-up: says it once, before any test. */
export function setup(): void {
  program();
}

/** Real Chromium, headless, with a new and empty profile that is gone when it is closed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: program(), args: FLAGS });
}

/** The same with a profile that stays in a folder. */
export function launchWithProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath: program(), args: FLAGS });
}
