import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { installed } from './installed.js';
import { entries, root, run } from './tarball.js';

/** Compilers, by where they are. */
const COMPILERS = { '5.9': 'typescript59', '6': '@typescript/old', '7': '@typescript/native' } as const;
const RESOLUTIONS = ['nodenext', 'bundler'] as const;

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  // The declarations themselves are checked, and not only what a program makes of them.
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  noEmit: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  jsx: 'react-jsx',
  types: [],
};

/** A program that touches each entry, and meets the types a user meets most. */
const PROGRAM = `
${entries.map(({ specifier }, i) => `import * as entry${i} from '${specifier}';`).join('\n')}
import { type Client, ConflictError, type ConflictResolver, counter, createClient, type EditResult } from 'unconflict';

interface Article { title: string; views?: number }
const resolve: ConflictResolver<Article> = async ({ conflicts }) => (conflicts.length > 1 ? 'remote' : undefined);
const client: Client = createClient({
  prefix: 'https://api.example.com',
  resources: { '/articles/:id': { merge: { '/views': counter({ min: 0 }) }, resolve } },
});
export async function save(title: string): Promise<EditResult<Article> | undefined> {
  try {
    const article = client.resource<Article>('articles/1', { merge: { '/title': 'local' } });
    const result = await article.edit((draft) => { draft.title = title; });
    const frozen: string = result.value.title;
    return frozen === '' ? undefined : result;
  } catch (error) {
    if (error instanceof ConflictError) return undefined;
    throw error;
  }
}
export const entries: readonly object[] = [${entries.map((_, i) => `entry${i}`).join(', ')}];
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(installed().full, 'types-'));
  await writeFile(join(folder, 'user.ts'), PROGRAM);
});

const matrix = Object.keys(COMPILERS).flatMap((compiler) =>
  RESOLUTIONS.map((resolution) => ({ compiler, resolution })),
);

test.each(matrix)(
  'a strict program compiles with TypeScript $compiler, $resolution',
  async ({ compiler, resolution }) => {
    const tsc = join(root, 'node_modules', COMPILERS[compiler as keyof typeof COMPILERS], 'bin/tsc');
    const version = await run(folder, process.execPath, tsc, '--version');
    expect(version).toContain(`Version ${compiler}.`);
    const module = resolution === 'bundler' ? 'esnext' : resolution;
    const config = { compilerOptions: { ...STRICT, module, moduleResolution: resolution }, files: ['user.ts'] };
    const file = `tsconfig.${compiler}.${resolution}.json`;
    await writeFile(join(folder, file), JSON.stringify(config));
    await run(folder, process.execPath, tsc, '-p', file);
  },
);

/** What to a right program makes it wrong. */
const MISTAKES = [
  { what: 'a value of another type', right: 'draft.title = title', wrong: 'draft.title = 5', code: 'TS2322' },
  { what: 'a path that is not there', right: "'/title'", wrong: "'/titel'", code: 'TS2353' },
  {
    what: 'a change of what is frozen',
    right: 'const frozen',
    wrong: 'result.value.title = title; const frozen',
    code: 'TS2540',
  },
];

test.each(MISTAKES)('a program with $what does not', async ({ right, wrong, code }) => {
  expect(PROGRAM).toContain(right);
  await writeFile(join(folder, 'wrong.ts'), PROGRAM.replace(right, wrong));
  const config = { compilerOptions: { ...STRICT, module: 'nodenext' }, files: ['wrong.ts'] };
  await writeFile(join(folder, 'tsconfig.wrong.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules', COMPILERS['7'], 'bin/tsc');
  await expect(run(folder, process.execPath, tsc, '-p', 'tsconfig.wrong.json')).rejects.toThrow(code);
});
