import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Example } from './examples.js';
import { root } from './examples.js';
import { withPrinter } from './printed.js';

/** Examples checked by the compiler and built to be imported one by one. */
export interface Workshop {
  /** What the compiler says of an example, by its place in the page. */
  readonly complaints: (example: Example) => readonly string[];
  readonly moduleOf: (example: Example) => string;
  readonly remove: () => Promise<void>;
}

/** Type-checks examples with TypeScript 7, in strict mode and against the sources, and bundles them so that they share one library. */
export async function openWorkshop(examples: readonly Example[]): Promise<Workshop> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  // The compiler names files by their real paths.
  const folder = await realpath(await mkdtemp(join(cache, 'examples-')));
  const nameOf = ({ id, language }: Example): string => `${id}.${language === 'js' ? 'mjs' : language}`;
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const kind of ['checked', 'run']) await mkdir(join(folder, kind));
  await writeFile(join(folder, 'checked/tsconfig.json'), JSON.stringify(tsconfig(examples.map(nameOf))));
  for (const example of examples) {
    await writeFile(join(folder, 'checked', nameOf(example)), `${example.code}\nexport {};\n`);
    await writeFile(join(folder, 'run', nameOf(example)), withPrinter(example.id, example.code));
  }
  const complaints = await check(join(folder, 'checked'), examples, nameOf);
  await build({
    absWorkingDir: root,
    entryPoints: examples.map((example) => join(folder, 'run', nameOf(example))),
    outdir: join(folder, 'built'),
    outExtension: { '.js': '.mjs' },
    plugins: [
      {
        name: 'sources',
        setup({ onResolve }) {
          onResolve({ filter: /^unconflict(\/[\w-]+)?$/ }, ({ path }) => ({
            path: join(root, 'src', path.slice('unconflict'.length), 'index.ts'),
          }));
        },
      },
    ],
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    logLevel: 'silent',
  });
  return {
    complaints: ({ place }) => complaints.get(place) ?? [],
    moduleOf: ({ id }) => pathToFileURL(join(folder, 'built', `${id}.mjs`)).href,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const tsconfig = (files: readonly string[]): object => ({
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    rootDir: '/',
    // Plain JavaScript is read, and not held to types it does not write.
    allowJs: true,
    // An example shows what there is; it need not use it all, and exports nothing.
    noUnusedLocals: false,
    noUnusedParameters: false,
    declaration: false,
    isolatedDeclarations: false,
    skipLibCheck: true,
    typeRoots: [join(root, 'node_modules/@types')],
  },
  files,
  include: [],
});

/** Runs the compiler; its complaints about examples, by place. Complaints about anything else are other tests' business. */
async function check(
  folder: string,
  examples: readonly Example[],
  nameOf: (example: Example) => string,
): Promise<Map<string, string[]>> {
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const { output, failed } = await new Promise<{ output: string; failed: boolean }>((done) => {
    execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder }, (error, stdout, stderr) =>
      done({ output: stdout + stderr, failed: error !== null }),
    );
  });
  const found = [...output.matchAll(/^(.+?)\((\d+),(\d+)\): error (.*(?:\n .*)*)$/gm)];
  if (failed && found.length === 0) throw new Error(`The compiler could not check the examples:\n${output}`);
  const complaints = new Map<string, string[]>();
  for (const example of examples) {
    const own = found.filter(([, file = '']) => resolve(folder, file) === join(folder, nameOf(example)));
    const first = Number(/\d+$/.exec(example.place)?.[0]);
    complaints.set(
      example.place,
      own.map(([, , line, column, words]) => `line ${first + Number(line) - 1}, column ${column}: ${words}`),
    );
  }
  return complaints;
}
