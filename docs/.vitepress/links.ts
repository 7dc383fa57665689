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
      const page: string | undefined = env.realPath ?? env.path;
      if (page === undefined) return; // a title by itself
      const folder = dirname(relative(root, page));
      for (const children of tokens.flatMap(({ children }) => (children ? [children] : []))) {
        for (const [at, link] of children.entries()) {
          const href = link.type === 'link_open' ? link.attrGet('href') : null;
          if (href === null || /^([a-z]+:|\/|#)/.test(href)) continue;
          const [path = '', ...anchor] = href.split(/(?=#)/);
          // The home page includes parts of the README, whose links begin at the root.
          const file = join(folder, path).replace(/^docs\/docs\//, 'docs/');
          if (/^(src|test)\//.test(file)) {
            // Sources and tests are in the repository, and not on the site: there it is a word.
            const close = children.find(({ type }, index) => index > at && type === 'link_close');
            link.attrs = [];
            link.tag = 'span';
            if (close !== undefined) close.tag = 'span';
          } else link.attrSet('href', `/${sitePathOf(file)}${anchor.join('')}`);
        }
      }
    });
  };
}
