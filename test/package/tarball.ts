import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

export interface Manifest {
  readonly name: string;
  readonly exports: Record<string, string | { types: string; default: string }>;
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { readonly optional?: boolean }>;
}

export const manifest: Manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;

/** What a user can import, and the files behind it: `unconflict/core`, `./dist/core/index.js` … */
export const entries: readonly { specifier: string; files: readonly string[]; file: string }[] = Object.entries(
  manifest.exports,
).flatMap(([door, target]) =>
  typeof target === 'string'
    ? []
    : [{ specifier: door.replace('.', manifest.name), files: Object.values(target), file: target.default }],
);

export interface Installed {
  /** The packed package. */
  readonly tarball: string;
  /** What it holds, as paths inside the package. */
  readonly files: readonly string[];
  /** A folder that was empty before the tarball was installed into it. */
  readonly bare: string;
  /** The same, with the optional peers that some entries are for. */
  readonly full: string;
}

/** Packs the package as `npm publish` would and installs it into an empty folder, as a user would. */
export async function packAndInstall(): Promise<Installed & { remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'unconflict-package-'));
  const [bare, full] = [join(folder, 'bare'), join(folder, 'full')];
  const packed = await run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [pack] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
  if (pack === undefined) throw new Error('npm pack packed nothing: run it by hand to see why');
  const tarball = join(folder, pack.filename);
  await install(bare, tarball);
  await cp(bare, full, { recursive: true, verbatimSymlinks: true });
  await link(full, Object.keys(manifest.peerDependencies));
  return {
    tarball,
    files: pack.files.map(({ path }) => path),
    bare,
    full,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Makes a folder of a user's and installs the tarball into it. */
export async function install(folder: string, tarball: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
  await run(folder, 'npm', 'install', '--ignore-scripts', '--prefer-offline', tarball);
}

/** Puts packages of this repository into a user's folder, with their types where those are packages of their own. */
export async function link(folder: string, packages: readonly string[]): Promise<void> {
  for (const name of packages.flatMap((plain) => [plain, `@types/${plain}`])) {
    const from = join(root, 'node_modules', name);
    const to = join(folder, 'node_modules', name);
    const exists = await readFile(join(from, 'package.json')).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    await mkdir(dirname(to), { recursive: true });
    await symlink(from, to);
  }
}
