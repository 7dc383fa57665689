import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import MiniSearch from 'minisearch';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';

/** What people search for, and a page that must then be among the first three results. */
export const TERMS: Readonly<Record<string, RegExp>> = {
  'optimistic concurrency': /^\/versions/,
  'lost update': /^\/guarantees/,
  'optimistic update': /^\/(getting-started|react)/,
  'three-way merge': /^\/(merge-rules|rebasing)/,
  ETag: /^\/versions/,
  'If-Match': /^\/versions/,
  409: /^\/(faq|versions)/,
  412: /^\/(faq|versions)/,
  autosave: /^\/forms-and-autosave/,
  offline: /^\/offline/,
  outbox: /^\/offline/,
  IndexedDB: /^\/offline/,
  'service worker': /^\/offline/,
  'background sync': /^\/offline/,
  axios: /^\/recipes/,
  'conflict dialog': /^\/conflict-ui/,
};

/** What of a page the search finds. Of a page of the reference only its name and its first sentence: their headings are all alike. */
export async function searchable(text: string, env: MarkdownEnv, md: MarkdownRenderer): Promise<string> {
  const isReference = env.relativePath.startsWith('docs/reference/') || env.relativePath.startsWith('reference/');
  if (!isReference) return md.render(text, env);
  const [, title = '', rest = ''] = /^# (?:[\w ]+: )?([\w./-]+).*\n([\s\S]*)/m.exec(text) ?? [];
  const sentence = rest.split('\n').find((line) => /^\w/.test(line)) ?? '';
  // `reference/unconflict/react/functions/preload.md`: two entries may export one name.
  const entry = /reference\/(unconflict\/[\w-]+)\/[\w-]+\//.exec(env.relativePath)?.[1];
  return md.render(`# ${title}: reference${entry === undefined ? '' : ` of ${entry}`}\n\n${sentence}\n`, env);
}

/** Options of the search, the same in the page and in the check. */
export const SEARCH_OPTIONS = { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } };

/** What is wrong with the search of a built site: terms that lead elsewhere, and rows that nobody can tell apart. */
export async function searchFaults(site: string): Promise<string[]> {
  const folder = join(site, 'assets/chunks');
  const file = readdirSync(folder).find((name) => name.startsWith('@localSearchIndexroot'));
  if (file === undefined) throw new Error(`There is no search index in ${folder}.`);
  const { default: json }: { default: string } = await import(pathToFileURL(join(folder, file)).href);
  const index = MiniSearch.loadJSON(json, {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
    searchOptions: SEARCH_OPTIONS,
  });
  const lost = Object.entries(TERMS).flatMap(([term, page]) => {
    const first = index
      .search(term)
      .slice(0, 3)
      .map(({ id }) => String(id));
    return first.some((id) => page.test(id)) ? [] : [`"${term}" leads to ${first.join(', ')}`];
  });
  const rows = new Map<string, string>();
  const alike = index.search(MiniSearch.wildcard).flatMap(({ id, title, titles }) => {
    const label = [...titles, title].join(' › ');
    const other = rows.get(label);
    rows.set(label, String(id));
    return other === undefined ? [] : [`${other} and ${id} both show as "${label}"`];
  });
  return [...lost, ...alike];
}
