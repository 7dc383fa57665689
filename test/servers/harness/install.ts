import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../../.cache/servers', import.meta.url));

/**
 * Installs an npm package into its own ignored folder, once, with others that it needs beside it, and returns the folder.
 * Servers are large and old, and runtimes are large, so they are no dependencies of this package.
 */
export async function install(
  name: string,
  version: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = join(cache, `${name.replace(/[@/]+/g, '-').replace(/^-/, '')}-${version}`);
  if ((await installedVersion(join(folder, 'node_modules', name, 'package.json'))) === version) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, dependencies: { [name]: version, ...others } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  return folder;
}

/** The same for a package that is a program: returns its path. */
export async function installProgram(name: string, version: string, program: string): Promise<string> {
  return join(await install(name, version), 'node_modules/.bin', program);
}

async function installedVersion(manifest: string): Promise<string | undefined> {
  try {
    const { version }: { version?: string } = JSON.parse(await readFile(manifest, 'utf8'));
    return version;
  } catch {
    return undefined; // Not installed yet, or broken off half way: install it.
  }
}
