import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Listening, listen } from './listen.js';

export const root: string = fileURLToPath(new URL('../../..', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/** What is served where: a path ends in a slash and is a folder, or is one file whose text is given. */
export interface Shelf {
  readonly folders?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Serves texts and folders on a free loopback port. The built package and node_modules are always there: `/dist/`, `/node_modules/`. */
export function servePages({ folders = {}, files = {} }: Shelf): Promise<Listening> {
  const mounts = Object.entries({
    '/dist/': join(root, 'dist'),
    '/node_modules/': join(root, 'node_modules'),
    ...folders,
  });
  const find = async (path: string): Promise<string | Buffer | undefined> => {
    if (Object.hasOwn(files, path)) return files[path];
    const [mount, folder] = mounts.find(([prefix]) => path.startsWith(prefix)) ?? [];
    if (mount === undefined || folder === undefined) return undefined;
    return readFile(join(folder, normalize(`/${path.slice(mount.length)}`))).catch(() => undefined);
  };
  return listen(async (request, response) => {
    const path = decodeURI(new URL(request.url ?? '/', 'http://pages.test').pathname);
    const found = await find(path);
    const type = TYPES[extname(path === '/' ? '.html' : path)] ?? 'application/octet-stream';
    if (found === undefined) response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    else response.writeHead(200, { 'Content-Type': path === '/' ? 'text/html; charset=utf-8' : type }).end(found);
  });
}
