import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DefaultTheme } from 'vitepress';

const GROUPS = ['functions', 'classes', 'interfaces', 'type-aliases', 'variables'];

/** What typedoc wrote into `folder`, entry by entry: what is called first, then what it throws, takes and gives. */
export function referenceSidebar(folder: string): DefaultTheme.SidebarItem[] {
  return [
    { text: 'All entries', link: '/reference/' },
    ...entriesIn(folder, 'unconflict').map((entry) => ({
      text: entry,
      link: `/reference/${entry}/`,
      collapsed: entry !== 'unconflict',
      items: GROUPS.flatMap((group) => membersOf(folder, `${entry}/${group}`)),
    })),
  ];
}

function entriesIn(folder: string, entry: string): string[] {
  if (!existsSync(join(folder, entry))) return [];
  const below = readdirSync(join(folder, entry), { withFileTypes: true })
    .filter((item) => item.isDirectory() && !GROUPS.includes(item.name))
    .flatMap(({ name }) => entriesIn(folder, `${entry}/${name}`));
  return [entry, ...below];
}

function membersOf(folder: string, group: string): DefaultTheme.SidebarItem[] {
  if (!existsSync(join(folder, group))) return [];
  return readdirSync(join(folder, group))
    .sort()
    .map((file) => basename(file, '.md'))
    .map((name) => ({ text: name, link: `/reference/${group}/${name}` }));
}
