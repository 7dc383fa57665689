import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of a built site leads nowhere: `page → target`, for links, images and anchors within the site. */
export function deadLinks(site: string): string[] {
  const files = new Set(readdirSync(site, { recursive: true }).map((file) => `/${file}`.replaceAll('\\', '/')));
  const pages = [...files].filter((file) => file.endsWith('.html'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(site, page), 'utf8')]));
  const anchors = new Map([...texts].map(([page, html]) => [page, new Set(valuesOf('id', html))]));

  const isDead = (page: string, target: string): boolean => {
    const { pathname, hash, origin } = new URL(target, `${HERE}${page}`);
    if (origin !== HERE) return false;
    const path = decodeURIComponent(pathname);
    const file = [path, `${path}.html`, `${path}index.html`].find((candidate) => files.has(candidate));
    if (file === undefined) return path !== '/' || !files.has('/index.html');
    return hash !== '' && anchors.get(file)?.has(decodeURIComponent(hash.slice(1))) === false;
  };
  return [...texts].flatMap(([page, html]) => {
    const targets = new Set([...valuesOf('href', html), ...valuesOf('src', html)]);
    return [...targets].filter((target) => isDead(page, target)).map((target) => `${page} → ${target}`);
  });
}

const HERE = 'http://site.test';

function valuesOf(attribute: 'href' | 'id' | 'src', html: string): string[] {
  return [...html.matchAll(new RegExp(`<[^>]*?\\s${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&'),
  );
}
