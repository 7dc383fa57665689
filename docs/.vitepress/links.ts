import { dirname, join, relative } from 'node:path/posix';
import type { MarkdownRenderer } from 'vitepress';
import { sitePathOf } from './pages.js';

/** The anchor of a heading, as GitHub makes it: a link works in the repository and on the site. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** Pages link to each other by their files, as on GitHub; on the site some have another place. */
export function linksByFile(root: string): (md: MarkdownRenderer) => void {
  return (md) => {
    md.core.ruler.push('links-by-file', ({ tokens, env }) => {
      const file: string | undefined = env.realPath ?? env.path;
      if (file === undefined) return; // a title by itself
      const folder = dirname(relative(root, file));
      for (const link of tokens.flatMap(({ children }) => children ?? [])) {
        const href = link.type === 'link_open' ? link.attrGet('href') : null;
        if (href === null || /^([a-z]+:|\/|#)/.test(href)) continue;
        if (/^\.\.\/(src|test)\//.test(href)) {
          // Tests and sources are in the repository, and not on the site: there it is a word.
          link.attrs = [];
          continue;
        }
        const [path = '', ...anchor] = href.split(/(?=#)/);
        link.attrSet('href', `/${sitePathOf(join(folder, path))}${anchor.join('')}`);
      }
    });
  };
}
