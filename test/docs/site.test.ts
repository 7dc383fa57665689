import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { deadLinks } from '../../docs/.vitepress/dead-links.js';
import { sitePathOf } from '../../docs/.vitepress/pages.js';
import { guide } from '../../docs/.vitepress/sidebar.js';
import { pages, pageText } from './examples.js';
import { linksOf, readFences } from './markdown.js';

/** Pages of the site by their place on it, the home page left out: everything leads there. */
const places = [...pages(), 'docs/demo/README.md'].map(sitePathOf).filter((place) => place !== 'index.md');

describe('the sidebar', () => {
  const links = guide.flatMap(({ items = [] }) => items.map(({ link = '' }) => link));

  test('leads to every page: a new one goes into docs/.vitepress/sidebar.ts', () => {
    const linked = links.map((link) => (link.endsWith('/') ? `${link}index.md` : `${link}.md`).slice(1));
    expect(linked.filter((place) => place !== 'reference/index.md').sort()).toEqual([...places].sort());
  });
});

describe('the home page', () => {
  test('shows the first example of the README, by the region it is in', () => {
    const region = /<!-- #region example -->\n(.*?)<!-- #endregion example -->/s.exec(pageText('README.md'))?.[1] ?? '';
    expect(readFences(region)).toMatchObject([{ info: 'ts', code: readFences(pageText('README.md'))[1]?.code }]);
    expect(pageText('docs/index.md')).toContain('<!--@include: ../README.md#example-->');
  });
});

describe('llms.txt', () => {
  test('names every page, and no other: a new one goes into docs/public/llms.txt', () => {
    const named = linksOf(pageText('docs/public/llms.txt')).map(({ target }) => target.slice(1));
    expect(named.sort()).toEqual([...places].sort());
  });
});

describe('dead links of a built site', () => {
  let site = '';
  afterEach(() => rm(site, { recursive: true, force: true }));

  async function built(files: Record<string, string>): Promise<string> {
    site = await mkdtemp(join(tmpdir(), 'site-'));
    await mkdir(join(site, 'part'));
    for (const [file, html] of Object.entries(files)) await writeFile(join(site, file), html);
    return site;
  }

  test('are told with their page, be it a page, an anchor, a picture or a file that is missing', async () => {
    const page = '<a href="/gone">1</a><a href="/other#gone">2</a><a class="x" href="#gone">3</a><img src="/gone.svg">';
    expect(deadLinks(await built({ 'page.html': page, 'other.html': '<h2 id="here">' }))).toEqual([
      '/page.html → /gone',
      '/page.html → /other#gone',
      '/page.html → #gone',
      '/page.html → /gone.svg',
    ]);
  });

  test('are not: pages without their ending, folders, anchors that exist, other sites', async () => {
    const page =
      '<h1 id="top&amp;tail"></h1><a href="/">1</a><a href="other#here">2</a><a href="/part/">3</a>' +
      '<a href="#top&amp;tail">4</a><a href="https://example.com/gone">5</a><a href="mailto:a@example.com">6</a>';
    const files = { 'index.html': page, 'other.html': '<h2 tabindex="-1" id="here">', 'part/index.html': '' };
    expect(deadLinks(await built(files))).toEqual([]);
  });
});
