import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fence } from './markdown.js';
import { readFences } from './markdown.js';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A block of code that must run: a module by itself. */
export interface Example {
  /** For file names: `docs-errors-42`. */
  readonly id: string;
  /** Where its first line is, from the root: `docs/errors.md:42`. */
  readonly place: string;
  readonly language: 'ts' | 'tsx' | 'js';
  readonly code: string;
  /** What the block right after it, marked `text output`, says that it prints. */
  readonly output: string | undefined;
}

/** What a fence may be: code that runs, or one of these, which nobody runs. */
const PROSE_LANGUAGES = new Set(['text', 'text output', 'sh', 'json', 'mermaid']);

/** The pages of the project: those at the top, and those of `docs`. */
export function pages(): string[] {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name));
  return [...inFolder('.'), ...inFolder('docs')].sort();
}

export function pageText(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Every example of the pages. */
export function pageExamples(): Example[] {
  return [...pages(), SKILL].flatMap((page) => examplesIn(page, pageText(page)));
}

/** The instructions for programs that write code: they go into the package. */
const SKILL = 'docs/skills/unconflict/SKILL.md';

/** Every example of one page. Throws at a fence whose language is not known: it would be skipped without a word. */
export function examplesIn(page: string, text: string): Example[] {
  const fences = readFences(text);
  return fences.flatMap((fence, index) => {
    const { info, line } = fence;
    if (PROSE_LANGUAGES.has(info)) return [];
    const next = fences[index + 1];
    return [exampleOf(page, fence, next?.info === 'text output' ? next.code : undefined, `${page}:${line}`)];
  });
}

/** Every example in a docstring of `src`. Throws at an `@example` without a block of code. */
export function docstringExamples(): Example[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return files.sort().flatMap((file) => {
    const source = pageText(file);
    const comments = source.split('\n').map((line) => /^\s*\* ?(.*)$/.exec(line)?.[1] ?? '');
    // A drawing is none.
    const fences = readFences(comments.join('\n')).filter(({ info }) => info !== 'text');
    const tags = comments.filter((line) => line.startsWith('@example')).length;
    if (tags !== fences.length)
      throw new Error(`${file} has ${tags} @example tags and ${fences.length} blocks of code.`);
    return fences.map((fence) =>
      exampleOf(file, withOwnExports(fence, file, source), undefined, `${file}:${fence.line}`),
    );
  });
}

function exampleOf(file: string, { info, code, line }: Fence, output: string | undefined, place: string): Example {
  if (info !== 'ts' && info !== 'tsx' && info !== 'js') {
    const known = ['ts', 'tsx', 'js', ...PROSE_LANGUAGES].join(', ');
    throw new Error(`${place} is a fence of "${info}", which nobody runs. Use one of: ${known}.`);
  }
  const id = `${file.replace(/\.\w+$/, '').replace(/[^\w-]+/g, '-')}-${line}`;
  return { id, place, language: info, code, output };
}

/** The example of an inner helper imports nothing: it sees what its own file exports. */
function withOwnExports(fence: Fence, file: string, source: string): Fence {
  if (/^import\s/m.test(fence.code)) return fence;
  const names = [...source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  );
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(fence.code));
  const from = join(root, file).replace(/\.ts$/, '.js');
  // On the first line, so that the lines keep their numbers.
  return { ...fence, code: `import { ${used.join(', ')} } from ${JSON.stringify(from)}; ${fence.code}` };
}
