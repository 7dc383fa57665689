import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../../.cache/servers', import.meta.url));

/**
 * Installs a server's npm package into its own ignored folder, once, and returns the path of its program.
 * They are large and old, so they are no dependencies of this package.
 */
export async function install(packageName: string, version: string, program: string): Promise<string> {
  const folder = join(cache, `${packageName.replace(/[@/]+/g, '-').replace(/^-/, '')}-${version}`);
  const manifest = join(folder, 'node_modules', packageName, 'package.json');
  const executable = join(folder, 'node_modules/.bin', program);
  if ((await installedVersion(manifest)) === version) return executable;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [packageName]: version } }),
  );
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  return executable;
}

async function installedVersion(manifest: string): Promise<string | undefined> {
  try {
    const { version }: { version?: string } = JSON.parse(await readFile(manifest, 'utf8'));
    return version;
  } catch {
    return undefined; // Not installed yet, or broken off half way: install it.
  }
}
