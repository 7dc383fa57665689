import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './serve-pages.js';

interface Manifest {
  readonly name: string;
  readonly main?: string;
  readonly module?: string;
  readonly exports?: string | { readonly [door: string]: string | Door };
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface Door {
  readonly import?: string;
  readonly default?: string;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** Where `folder` is served, as in `<root>/node_modules/ky` → `/node_modules/ky`, and the file behind each of its doors. */
function doorsOf(folder: string): [specifier: string, url: string][] {
  const { name, main, module, exports } = manifestOf(folder);
  const url = (file: string): string => `${folder === '' ? '' : `/${folder}`}/${file.replace(/^\.\//, '')}`;
  if (typeof exports === 'string') return [[name, url(exports)]];
  // Every file of it is a door.
  if (exports === undefined)
    return [
      [name, url(module ?? main ?? 'index.js')],
      [`${name}/`, url('')],
    ];
  // A package of one door may leave its name out: `{ types, default }` is that door.
  const doors = '.' in exports ? exports : { '.': exports as Door };
  return Object.entries(doors).flatMap(([door, target]): [string, string][] => {
    const file = typeof target === 'string' ? target : (target.import ?? target.default);
    return file?.endsWith('js') ? [[door.replace('.', name), url(file)]] : [];
  });
}

/** The import map with which a page takes the built package, and what it depends on, straight from files. */
export function importMap(): string {
  const folders = ['', ...dependenciesOf('')];
  return JSON.stringify({ imports: Object.fromEntries(folders.flatMap(doorsOf)) });
}

function dependenciesOf(folder: string): string[] {
  const names = Object.keys(manifestOf(folder).dependencies ?? {}).filter(
    (name) => !name.startsWith('@standard-schema/'),
  );
  return names.map((name) => `node_modules/${name}`).flatMap((found) => [found, ...dependenciesOf(found)]);
}
