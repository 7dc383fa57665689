import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type CouchDBFront, startCouchDBFront } from './couchdb-front.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** `npm start`, without the build before it: `npm test` has built already. */
function demo(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...env }, timeout: 25_000 };
    execFile(process.execPath, ['docs/demo/main.mjs', ...args], options, (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? 'no code'), out, err });
    });
  });
}

/** What is printed, with runs of spaces as one: columns may move, words may not. */
const words = ({ out }: Ended): string => out.replace(/ +/g, ' ');

let front: CouchDBFront | undefined;
afterEach(async () => {
  await front?.close();
  front = undefined;
});

// A program of its own, on a machine that may be busy.
describe('npm start', { timeout: 30_000 }, () => {
  test('tells the whole story on the embedded server, and ends with 0', async () => {
    const ended = await demo();
    expect(ended, ended.out).toMatchObject({ code: 0, err: '' });
    const said = words(ended);
    for (const line of [
      'PATCH If-Match "2" 200 version "3"',
      'PATCH If-Match "1" 412 stale: this version is gone',
      'patch replace /paragraphs/1 "It has a mill, a store and a plan."',
      'became replace /paragraphs/2 "It has a mill, a store and a plan."',
      'answers "Notes on engines that count"',
      '423 locked by Grace, Retry-After: 1',
      'refused ERR_REFUSED',
      '"A published article needs a summary."',
      '--- the connection broke',
      'saved it is there already: nothing is sent again',
      'and /claps is 10',
      'title "Notes on engines that count"',
      'Edits lost: 0',
    ]) {
      expect(said).toContain(line);
    }
  });

  test('prints no colours where nobody looks, and no line longer than 80 columns', async () => {
    const { out } = await demo([], { FORCE_COLOR: '1' });
    expect(out).not.toContain('\u001b');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each([
    { args: ['--port', '1'], says: 'The demo knows no --port.' },
    { args: ['--server'], says: '--server needs the URL of a server.' },
    { args: ['--server', 'localhost:5984'], says: 'localhost:5984 is no URL of a server' },
    { args: ['--server=http://a.test', 'twice'], says: 'What is twice for?' },
  ])('says what is wrong with $args, how it is called, and ends with 2', async ({ args, says }) => {
    const { code, out, err } = await demo(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).toContain('Usage: npm start');
  });
});

describe('npm start -- --server URL', { timeout: 30_000 }, () => {
  test('tells the same story, says what it skips, and deletes the database it made', async () => {
    front = await startCouchDBFront();
    const ended = await demo(['--server', front.url]);
    expect(ended, ended.out).toMatchObject({ code: 0, err: '' });
    const said = words(ended);
    expect(said).toMatch(/PUT _rev 1-\w{4}… 409 stale: this version is gone/);
    expect(said).toContain('became replace /paragraphs/2 "It has a mill, a store and a plan."');
    expect(said).toContain('Skipped: CouchDB has no locks');
    expect(said).toContain('Skipped: a rule that refuses a write cannot be put on CouchDB from outside.');
    expect(said).toContain('saved it is there already');
    expect(said).toContain('Edits lost: 0');
    expect(front.created).toEqual([expect.stringMatching(/^unconflict-demo-/)]);
    expect([...front.databases]).toEqual([]);
  });

  test('ends with 1 and names the edit where the server loses one, and still deletes the database', async () => {
    front = await startCouchDBFront((server, path) => {
      const { tags } = server.get<{ tags: string[] }>(path)?.value ?? { tags: [] };
      if (!tags.includes('notes')) return;
      server.edit<{ tags: string[] }>(path, (article) => {
        article.tags = article.tags.filter((tag) => tag !== 'notes');
      });
    });
    const ended = await demo(['--server', front.url]);
    expect(ended.code).toBe(1);
    expect(words(ended)).toContain('Ada "rewrites the second paragraph and adds a tag": the article holds it 0 times');
    expect(words(ended)).toContain('15 edits made, and not each is there once: see above');
    expect([...front.databases]).toEqual([]);
  });

  test('ends with 1 and says why where nobody answers', async () => {
    const { url, close } = await startCouchDBFront();
    await close();
    const { code, err } = await demo(['--server', url]);
    expect(code).toBe(1);
    expect(err).toContain('The demo broke off. TypeError: fetch failed');
    expect(err).toContain('ECONNREFUSED');
  });
});
