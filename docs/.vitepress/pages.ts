/** Where a file of the repository is on the site: pages of `docs` are at its root, and the home page stands in for the README. */
export function sitePathOf(file: string): string {
  if (file === 'README.md') return 'index.md';
  return file.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md');
}
