import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program and returns its standard output; a failure carries both outputs in its message. */
export async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  try {
    return (await exec(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

export interface Installed {
  /** The packed package. */
  readonly tarball: string;
  /** What it holds, as paths inside the package. */
  readonly files: readonly string[];
  /** A folder that was empty before the tarball was installed into it. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Packs the package as `npm publish` would and installs it into an empty folder, as a user would. */
export async function packAndInstall(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'unconflict-package-'));
  const packed = await run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [pack] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
  if (pack === undefined) throw new Error('npm pack packed nothing: run it by hand to see why');
  const tarball = join(folder, pack.filename);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
  await run(folder, 'npm', 'install', '--ignore-scripts', '--prefer-offline', tarball);
  return {
    tarball,
    files: pack.files.map(({ path }) => path),
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
