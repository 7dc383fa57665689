import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConflictServer } from 'unconflict/testing';
import { beforeAll, expect, test } from 'vitest';
import { openBrowserPage } from '../docs/browser-page.js';
import { installed } from './installed.js';
import { install, link, root, run } from './tarball.js';

openBrowserPage();

declare global {
  var shownServer: ConflictServer | undefined;
}

/** What `npm create vite` makes of strictness today. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    noUnusedLocals: true,
    verbatimModuleSyntax: true,
    moduleDetection: 'force',
    types: [],
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['src'],
};

const INDEX = '<!doctype html><div id="root"></div><script type="module" src="/src/main.tsx"></script>';

/** The first example of docs/react.md, without its test at the end, as the one file of an application. */
async function application(): Promise<string> {
  const page = await readFile(join(root, 'docs/react.md'), 'utf8');
  const [, sample = ''] = /```tsx\n([\s\S]*?)```/.exec(page) ?? [];
  const [components = '', itsTest] = sample.split('// What a person would do');
  if (itsTest === undefined) throw new Error('the first example of docs/react.md has no test any more: look at it');
  return `import { createRoot } from 'react-dom/client';
${components.replace(/^import .* from '@testing-library\/react';\n/m, '')}
Object.assign(globalThis, { shownServer: server });
const place = document.getElementById('root');
if (place !== null) createRoot(place).render(<><Form /><Question /></>);
`;
}

let folder: string;
beforeAll(async () => {
  folder = join(installed().tarball, '../new-user');
  await install(folder, installed().tarball);
  await link(folder, ['react', 'react-dom', 'vite']);
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src/main.tsx'), await application());
  await writeFile(join(folder, 'index.html'), INDEX);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
});

test('a new React application with the first example type-checks', async () => {
  await run(folder, process.execPath, join(root, 'node_modules/@typescript/native/bin/tsc'), '-p', '.');
});

test('is built by vite, and a person comes to a conflict and out of it', async () => {
  // The test runner's own NODE_ENV would make a development build of it.
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await run(folder, 'env', '-u', 'NODE_ENV', process.execPath, vite, 'build', '--logLevel', 'error');
  const [script = ''] = (await readdir(join(folder, 'dist/assets'))).filter((name) => /^index-.*\.js$/.test(name));
  document.body.innerHTML = '<div id="root"></div>';
  // Testing Library takes the document it finds when it is loaded.
  const { configure, fireEvent, screen, waitFor } = await import('@testing-library/dom');
  // A busy machine takes its time to load what is loaded later.
  configure({ asyncUtilTimeout: 30_000 });
  await import(pathToFileURL(join(folder, 'dist/assets', script)).href);

  const title = await screen.findByLabelText<HTMLInputElement>('Title');
  await waitFor(() => expect(title.value).toBe('Draft'));
  // React looks for a value that is set past it.
  fireEvent.input(title, { target: { value: 'My title' } });
  shownServer?.edit('/articles/1', (article) => {
    article.title = 'From Ada';
    article.text = 'Hers';
  });
  fireEvent.click(screen.getByText('Save'));
  await screen.findByText('Title: My title or From Ada?');
  fireEvent.click(screen.getByText('Keep mine'));
  await screen.findByText('clean');
  expect(shownServer?.get('/articles/1')?.value).toEqual({ title: 'My title', text: 'Hers' });
});
