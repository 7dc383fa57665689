import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { install, installProgram } from '../servers/harness/install.js';
import { root } from './tarball.js';

const VERSIONS = { bun: '1.4.5', deno: '2.9.6', workerd: '1.20261117.1', jsdom: '27.4.0', native: '3.6.20' } as const;

/** The program of a runtime. Each comes inside a package for this platform. */
export const programOf = (name: 'bun' | 'deno' | 'workerd'): Promise<string> =>
  installProgram(name, VERSIONS[name], name);

/** Where `jsdom` is imported from. */
export const jsdomUrl = async (): Promise<string> =>
  createRequire(join(await install('jsdom', VERSIONS.jsdom), 'package.json')).resolve('jsdom');

/** Where what React Native is made of is imported from: its own fetch and AbortController, and what docs/recipes.md adds to them. */
export const nativeUrl = async (): Promise<string> =>
  join(
    await install('whatwg-fetch', VERSIONS.native, {
      'abort-controller': '3.0.0',
      'abortcontroller-polyfill': '1.7.8',
      xhr2: '0.2.1',
    }),
    'package.json',
  );

/** What every runtime is asked to do, as a module. A conflict waits for each of its writes. */
const STORY = `
import { conflictFetch, createClient } from 'unconflict';

/** A handle edits what somebody else has changed meanwhile. */
export async function handle(client) {
  const saved = await client.resource('articles/1').edit((draft) => { draft.tags.push('handle'); });
  return [saved.value, saved.attempts];
}

/** The same through a fetch. */
export async function plain(api) {
  const guarded = conflictFetch();
  const article = await (await guarded(api + '/articles/2')).json();
  article.tags.push('fetch');
  const headers = { 'Content-Type': 'application/json' };
  const answer = await guarded(api + '/articles/2', { method: 'PUT', headers, body: JSON.stringify(article) });
  return [await answer.json(), answer.status];
}

/** A write whose answer is lost, a wait that is broken off, and a body that breaks off. */
export async function badLine(client) {
  const lost = await client.resource('articles/3').edit((draft) => { draft.tags.push('once'); });
  const leaving = new AbortController();
  setTimeout(() => leaving.abort(new Error('enough')), 50);
  const left = client.resource('articles/4').edit((draft) => { draft.title = 'Mine'; }, { signal: leaving.signal });
  const said = await left.catch((error) => error.message);
  const cut = await client.resource('articles/5').get().catch((error) => error.code);
  return [lost.value.tags, said, cut];
}
`;

/** What it comes to. */
export const TOLD: {
  readonly readme: unknown;
  readonly handle: unknown;
  readonly plain: unknown;
  readonly badLine: unknown;
} = {
  readme: { title: 'Ada was faster', tags: ['new', 'http'] },
  handle: [{ title: 'Ada', tags: ['handle'] }, 2],
  plain: [{ title: 'Ada', tags: ['fetch'] }, 200],
  badLine: [['once'], 'enough', 'ERR_UNREADABLE'],
};

/** A program that does all of it, and prints what it came to. The last argument is the address of the API. */
const MAIN = `
import { createClient } from 'unconflict';
import { readme } from './readme.mjs';
import { badLine, handle, plain } from './story.mjs';

const api = process.argv.at(-1);
const client = createClient({ prefix: api });
const told = { readme: await readme(), handle: await handle(client), plain: await plain(api), badLine: await badLine(client) };
console.log(JSON.stringify(told));
await client.close();
`;

/** Makes Node look like a browser, as test runners do with jsdom. */
const BROWSER = `
import { createRequire } from 'node:module';

const { JSDOM } = createRequire(import.meta.url)(process.argv.at(-2));
const { window } = new JSDOM('', { url: process.argv.at(-1) });
const own = ['AbortController', 'AbortSignal', 'Blob', 'DOMException', 'Event', 'EventTarget', 'File', 'FormData', 'Headers', 'URL'];
for (const name of [...own, 'URLSearchParams', 'document', 'localStorage', 'location', 'navigator']) {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: window[name] });
}
globalThis.window = globalThis;
await import('./main.mjs');
`;

/**
 * Makes Node look like React Native: `fetch` on XMLHttpRequest and an AbortSignal of 2019, which are the very packages that React Native
 * uses, and little else. What docs/recipes.md says to import first is there, unless the last argument but one is `bare`.
 */
const NATIVE = `
import { createRequire } from 'node:module';

const require = createRequire(process.argv.at(-3));
const lacking = ['BroadcastChannel', 'DOMException', 'Event', 'EventTarget', 'FinalizationRegistry', 'FormData', 'File', 'Blob', 'MessageChannel',
  'ReadableStream', 'TransformStream', 'WritableStream', 'structuredClone'];
const define = (name, value) => Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
for (const name of lacking) delete globalThis[name];
const { crypto } = globalThis;
define('crypto', undefined);
define('navigator', { product: 'ReactNative' });
define('window', globalThis);
define('self', globalThis);
define('XMLHttpRequest', require('xhr2'));
for (const [name, value] of Object.entries(require('abort-controller'))) if (name.startsWith('Abort')) define(name, value);
const { fetch, Headers, Request, Response } = require('whatwg-fetch');
for (const [name, value] of Object.entries({ fetch, Headers, Request, Response })) define(name, value);
if (process.argv.at(-2) !== 'bare') {
  require('abortcontroller-polyfill/dist/polyfill-patch-fetch');
  define('crypto', { getRandomValues: (array) => crypto.getRandomValues(array) });
}
const { createClient } = await import('unconflict/eager');
const { badLine, handle, plain } = await import('./story.mjs');
const api = process.argv.at(-1);
const client = createClient({ prefix: api });
console.log(JSON.stringify({ handle: await handle(client), plain: await plain(api), badLine: await badLine(client) }));
await client.close();
`;

/** The first example of the README as a function that returns what it prints. */
async function readme(): Promise<string> {
  const page = await readFile(join(root, 'README.md'), 'utf8');
  const [, example = ''] = /region example -->\s*```ts\n([\s\S]*?)```/.exec(page) ?? [];
  const { code } = await transform(example, { loader: 'ts', format: 'esm' });
  const imports = code.match(/^import .*$/gm) ?? [];
  const rest = code.replace(/^import .*$/gm, '').replace(/console\.log\((.*)\);/, 'return $1;');
  return `${imports.join('\n')}\nexport async function readme() {\n${rest}\n}\n`;
}

/** Writes the programs into a folder with the package in it. */
export async function writePrograms(folder: string): Promise<void> {
  const programs = {
    'readme.mjs': await readme(),
    'story.mjs': STORY,
    'main.mjs': MAIN,
    'browser.mjs': BROWSER,
    'native.mjs': NATIVE,
  };
  for (const [name, text] of Object.entries(programs)) await writeFile(join(folder, name), text);
}
