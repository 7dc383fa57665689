import { anchorOf } from '../../docs/.vitepress/links.js';

/** One fenced block of a page. */
export interface Fence {
  /** What stands behind the opening fence: the language, and for `text output` that it is what the block before it prints. */
  readonly info: string;
  /** Line of its first line of code, counted from 1. */
  readonly line: number;
  /** How many lines of code it has. */
  readonly length: number;
  readonly code: string;
}

const OPENING = /^(\s*)(`{3,}|~{3,})\s*(.*)$/;

/** Every fenced block of a text, in order. A fence that is never closed is an error: the rest of the page would be code. */
export function readFences(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { indent: number; mark: string; info: string; line: number; code: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent = '', mark = '', info = ''] = OPENING.exec(line) ?? [];
    if (open === undefined) {
      if (mark !== '') open = { indent: indent.length, mark, info: info.trim(), line: index + 2, code: [] };
    } else if (mark.startsWith(open.mark) && info === '') {
      fences.push({ info: open.info, line: open.line, length: open.code.length, code: open.code.join('\n') });
      open = undefined;
    } else {
      open.code.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)));
    }
  }
  if (open !== undefined) throw new Error(`The fence before line ${open.line} is never closed.`);
  return fences;
}

/** The page without its fenced blocks, line for line: links and headings in code are none. */
function proseOf(text: string): string[] {
  const lines = text.split('\n');
  for (const { line, length } of readFences(text)) lines.fill('', line - 2, line + length);
  return lines;
}

/** The anchors GitHub gives the headings of a page. */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return proseOf(text).flatMap((line) => {
    const title = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (title === undefined) return [];
    const slug = anchorOf(title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return [count === 0 ? slug : `${slug}-${count}`];
  });
}

/** One link of a page, as it is written. */
export interface Link {
  readonly line: number;
  readonly target: string;
}

/** The links of a page, code spans left out. */
export function linksOf(text: string): Link[] {
  return proseOf(text).flatMap((line, index) =>
    [...line.replace(/`[^`]*`/g, (span) => ' '.repeat(span.length)).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map(
      ([, target = '']) => ({ line: index + 1, target }),
    ),
  );
}
