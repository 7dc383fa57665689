import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Installed, packAndInstall } from './tarball.js';

declare module 'vitest' {
  interface ProvidedContext {
    installed: Installed;
  }
}

/** Packs and installs once, before all files of tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { remove, ...installed } = await packAndInstall();
  project.provide('installed', installed);
  return remove;
}

/** What was packed and installed. */
export const installed = (): Installed => inject('installed');
