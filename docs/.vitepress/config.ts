import { cp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { deadLinks } from './dead-links.js';
import { anchorOf, linksByFile } from './links.js';
import { sitePathOf } from './pages.js';
import { referenceSidebar } from './reference-sidebar.js';
import { SEARCH_OPTIONS, searchable, searchFaults } from './search.js';
import { guide } from './sidebar.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The site of the docs: `npm run docs` builds it into `docs/.vitepress/dist`, without a network. A dead link fails the build. */
export default defineConfig({
  title: 'unconflict',
  description:
    'An HTTP client for JSON that handles save conflicts: on 409 or 412 it reads the latest version, merges your change into it, and saves again.',
  lang: 'en',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  srcDir: '..',
  srcExclude: ['README.md', 'docs/skills/**', 'src/**', 'test/**', 'dist/**', 'coverage/**', '.*/**'],
  cacheDir: '../node_modules/.cache/vitepress',
  rewrites: sitePathOf,
  cleanUrls: true,
  vite: {
    publicDir: `${root}docs/public`,
    // The demo on the home page runs the library of this repository.
    resolve: {
      alias: [
        { find: /^unconflict$/, replacement: `${root}src/index.ts` },
        { find: /^unconflict\/([\w-]+)$/, replacement: `${root}src/$1/index.ts` },
      ],
    },
    // The search index and the reference are as large as they are.
    build: { chunkSizeWarningLimit: 2_000 },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: anchorOf },
    config: linksByFile(root),
  },
  /** The default theme gives the home page no main landmark. */
  transformHtml: (html) => html.replace('<div class="VPHome"', '<div role="main" class="VPHome"'),
  async buildEnd({ outDir, pages, rewrites, srcDir }) {
    // As they were written, for readers that want no HTML: llms.txt names these.
    for (const page of pages) await cp(join(srcDir, page), join(outDir, rewrites.map[page] ?? page));
    const dead = deadLinks(outDir);
    if (dead.length > 0) throw new Error(`These links lead nowhere:\n${dead.join('\n')}`);
    const faults = await searchFaults(outDir);
    if (faults.length > 0) throw new Error(`The search misleads:\n${faults.join('\n')}`);
    console.log(`\nThe site is in ${relative(process.cwd(), outDir)}. To look at it: npx vitepress preview docs`);
  },
  themeConfig: {
    logo: '/icon.svg',
    search: { provider: 'local', options: { _render: searchable, miniSearch: { searchOptions: SEARCH_OPTIONS } } },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/getting-started', activeMatch: '^/(?!reference|errors)' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Errors', link: '/errors' },
    ],
    sidebar: { '/': guide, '/reference/': referenceSidebar(`${root}docs/reference`) },
    footer: { message: 'MIT' },
  },
});
