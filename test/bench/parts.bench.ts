import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What a page loads, by what it is loaded for: kB of 1,000 bytes, minified and gzipped. What several parts need is told by all of them. */
const CLIENT = "export { createClient } from './dist/index.js';";
const OUTBOX = "export { indexedDb, outbox } from './dist/outbox/index.js';";

async function partsOf(program: string): Promise<readonly (readonly [part: string, size: number])[]> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: process.cwd(), sourcefile: 'at first' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: 'parts',
    write: false,
    metafile: true,
    external: ['node:*'],
    logLevel: 'error',
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const loadedWith = (name: string, seen: Set<string>): Set<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const { path, kind } of outputs.get(name)?.imports ?? [])
      if (kind === 'import-statement') loadedWith(basename(path), seen);
    return seen;
  };
  const entries = [...outputs].flatMap(([name, { entryPoint }]) =>
    entryPoint === undefined ? [] : [{ of: entryPoint, files: loadedWith(name, new Set()) }],
  );
  const first = entries.find(({ of }) => of === 'at first');
  const sums = new Map<string, number>();
  for (const { path, contents } of outputFiles) {
    const name = basename(path);
    const users = first?.files.has(name) === true ? [first] : entries.filter(({ files }) => files.has(name));
    const part = users.map(({ of }) => of).join(' + ');
    sums.set(part, (sums.get(part) ?? 0) + gzipSync(contents, { level: 9 }).length / 1_000);
  }
  return [...sums].sort(([, one], [, other]) => other - one);
}

for (const [title, program] of [
  ['createClient', CLIENT],
  ['createClient, outbox and indexedDb', CLIENT + OUTBOX],
  ['ky', "export { default } from 'ky';"],
] as const) {
  console.log(`\n${title}`);
  for (const [part, size] of await partsOf(program)) console.log(size.toFixed(1).padStart(6), part);
}
