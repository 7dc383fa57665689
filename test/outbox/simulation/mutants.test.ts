import { fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Whether the simulation finds an outbox that is wrong: with one piece of text of its code replaced. It is there once. */
interface Mutant {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly finds: RegExp;
}

const TWICE = /is made once/;

const mutants: readonly Mutant[] = [
  {
    title: 'notes nothing of what it sends',
    from: 'return item.note(version === undefined ? doubt : { ...doubt, version });',
    to: "return item.id === '' && item.note(doubt);",
    finds: TWICE,
  },
  {
    title: 'stores no doubts',
    from: 'edit: held.stored, doubts, keys',
    to: 'edit: held.stored, doubts: [], keys',
    finds: TWICE,
  },
  {
    title: 'makes again what nothing tells of',
    from: "untold: 'make' | 'fail' = 'fail';",
    to: "untold: 'make' | 'fail' = 'make';",
    finds: TWICE,
  },
  {
    title: 'takes over from tabs that live',
    from: 'if (lock !== null) return held(resolve)();',
    to: 'return held(resolve)();',
    finds: /stays removed|is made once/,
  },
  {
    title: 'removes nothing that is saved',
    from: 'this.#store.remove(item.id);',
    to: '',
    finds: /it ends/,
  },
  {
    title: 'takes an idempotency key twice',
    from: 'this.keys = stored?.keys ?? 0;',
    to: '',
    finds: /it ends/,
  },
  {
    title: 'waits for a blocked storage for good',
    from: 'this.isBlocked[way] ? SHORT[way] : PATIENCE',
    to: '1_000_000_000',
    finds: /gets ready/,
  },
  {
    title: 'tries for ever what nothing tells of',
    from: "return error.looked ? 'in-doubt' : doubtOf(error);",
    to: 'return doubtOf(error);',
    finds: /can be saved is saved/,
  },
  {
    title: 'knows nobody apart',
    from: 'encodeURIComponent(owner)}/`',
    to: "'ada'}/`",
    finds: /another owner/,
  },
  {
    title: 'shows nothing that was stored',
    from: 'if (!item.isApart) item.held.show();',
    to: 'if (!item.isRestored) item.held.show();',
    finds: /stored shows/,
  },
  {
    title: 'sends what is behind a failed edit before it',
    from: 'for (const other of behind(this.#items, item)) other.controller.abort(error);',
    to: '',
    finds: /keep their order/,
  },
  {
    title: 'stores nothing of a draft whose page goes',
    from: 'if (this.#shelve() || (',
    to: 'if ((',
    finds: /outlives its page/,
  },
];

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FILES = /src[\\/](?:(?:client[\\/])?outbox|client[\\/]draft)[\\/].*\.ts$/;

async function bundle({ from, to }: Mutant, outfile: string): Promise<number> {
  let times = 0;
  await build({
    entryPoints: [`${ROOT}test/outbox/simulation/shard.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    plugins: [
      {
        name: 'mutant',
        setup(now) {
          now.onLoad({ filter: FILES }, ({ path }) => {
            const text = readFileSync(path, 'utf8');
            times += text.split(from).length - 1;
            return { contents: text.replace(from, () => to), loader: 'ts' };
          });
        },
      },
    ],
  });
  return times;
}

/** Plays until something is found. */
function play(outfile: string, finds: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const child = fork(outfile, ['1', '600', '1'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
    const found: string[] = [];
    child.on('message', (tally) => {
      found.push(...Object(tally).broken);
      if (found.some((what) => finds.test(what))) child.kill();
    });
    child.on('exit', () => resolve(found.join('\n')));
  });
}

test.each(mutants)(
  'an outbox that $title is found',
  async (mutant) => {
    const outfile = `${ROOT}.cache/outbox-mutant-${process.pid}.mjs`;
    // A text that is not there would be replaced by nothing.
    expect(await bundle(mutant, outfile)).toBe(1);
    const found = await play(outfile, mutant.finds);
    rmSync(outfile);
    expect(found).toMatch(mutant.finds);
  },
  600_000,
);
