import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What the page may ask for: itself, the built library, and the packages that the library imports. */
const FOLDERS = {
  '/page/': new URL('../page/', import.meta.url),
  '/dist/': new URL('../../../dist/', import.meta.url),
  '/node_modules/': new URL('../../../node_modules/', import.meta.url),
};
const PACKAGES = /^\/node_modules\/(ky|p-retry|is-network-error|fast-json-patch|idb-keyval|node-diff3)\//;

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A file of the demo, as `{ status, headers, body }`. */
export async function fileAnswer(pathname) {
  const path = pathname === '/' ? '/page/index.html' : pathname;
  const folder = Object.keys(FOLDERS).find((prefix) => path.startsWith(prefix));
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
  // A URL has resolved every `..` by now; an encoded one would not be a name of ours.
  const allowed = folder !== undefined && type !== undefined && !path.includes('%');
  if (!allowed || (folder === '/node_modules/' && !PACKAGES.test(path))) return missing(path);
  try {
    const body = await readFile(fileURLToPath(new URL(path.slice(folder.length), FOLDERS[folder])));
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache' }, body };
  } catch {
    return missing(path);
  }
}

const missing = (path) => ({
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: `There is no ${path} here.\n`,
});
