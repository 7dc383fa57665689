import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { conflictFetch } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { install } from './harness/install.js';

const run = promisify(execFile);

interface Article {
  title: string;
  tags: string[];
}

const json = { 'application/json': { schema: { $ref: '#/components/schemas/Article' } } };
const responses = { 200: { description: 'The article', content: json } };

/** What both generators are given. */
const API = {
  openapi: '3.0.3',
  info: { title: 'Articles', version: '1' },
  paths: {
    '/articles/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'getArticle', responses },
      put: { operationId: 'putArticle', requestBody: { required: true, content: json }, responses },
    },
  },
  components: {
    schemas: {
      Article: {
        type: 'object',
        required: ['title', 'tags'],
        properties: { title: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
      },
    },
  },
};

/** Generates code into a folder of its own, and gives that folder. */
async function generated(
  [name, version, others]: Parameters<typeof install>,
  program: string,
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await install(name, version, others);
  const out = join(folder, 'generated');
  await rm(out, { recursive: true, force: true });
  await mkdir(out);
  for (const [file, text] of Object.entries({ 'openapi.json': JSON.stringify(API), ...files }))
    await writeFile(join(out, file), text);
  await run(join(folder, 'node_modules/.bin', program), args, { cwd: out });
  return out;
}

/** Somebody else adds a tag between the read and the PUT of the title. */
async function savedWith(
  fetch: (fetch: typeof globalThis.fetch, origin: string) => void,
  read: () => Promise<Article | undefined>,
  put: (article: Article) => Promise<{ readonly status: number; readonly data: unknown }>,
): Promise<void> {
  const server = createConflictServer();
  server.seed('/articles/1', { title: 'Draft', tags: [] });
  fetch(conflictFetch({ fetch: server.fetch }), server.origin);
  const article = await read();
  if (article === undefined) throw new Error('nothing was read');
  server.edit<Article>('/articles/1', (doc) => void doc.tags.push('from Ada'));
  expect(await put({ ...article, title: 'Mine' })).toEqual({
    status: 200,
    data: { title: 'Mine', tags: ['from Ada'] },
  });
  expect(server.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'GET 200',
    'PUT 412',
    'GET 200',
    'PUT 200',
  ]);
}

/** ms. The first run installs the generator. */
const INSTALLING = 600_000;

describe('a generated SDK over conflictFetch() merges a PUT', () => {
  test(
    'hey-api 0.95.0',
    async () => {
      interface Answer {
        data?: Article;
        response: Response;
      }
      const out = await generated(['@hey-api/openapi-ts', '0.95.0', { typescript: '5.9.3' }], 'openapi-ts', [
        ...['--input', 'openapi.json', '--output', 'sdk', '--client', '@hey-api/client-fetch'],
      ]);
      const { client }: { client: { setConfig(config: object): void } } = await import(join(out, 'sdk/client.gen.ts'));
      const sdk: Record<'getArticle' | 'putArticle', (options: object) => Promise<Answer>> = await import(
        join(out, 'sdk/sdk.gen.ts')
      );
      const path = { id: '1' };
      await savedWith(
        (fetch, baseUrl) => client.setConfig({ baseUrl, fetch }),
        async () => (await sdk.getArticle({ path })).data,
        async (body) => {
          const { data, response } = await sdk.putArticle({ path, body });
          return { status: response.status, data };
        },
      );
    },
    INSTALLING,
  );

  test(
    'orval 7.13.2',
    async () => {
      interface Answer {
        data: Article;
        status: number;
      }
      const output = {
        target: './api.ts',
        client: 'fetch',
        override: { mutator: { path: './http.ts', name: 'http' } },
      };
      const config = { api: { input: './openapi.json', output } };
      const out = await generated(['orval', '7.13.2'], 'orval', ['--config', 'orval.config.cjs'], {
        'orval.config.cjs': `module.exports = ${JSON.stringify(config)};`,
        'http.ts': `const at = { fetch: globalThis.fetch, origin: '' };
export const connect = (fetch: typeof globalThis.fetch, origin: string) => Object.assign(at, { fetch, origin });
export async function http<T>(path: string, init: RequestInit): Promise<T> {
  const answer = await at.fetch(at.origin + path, init);
  return { status: answer.status, headers: answer.headers, data: await answer.json() } as T;
}
`,
      });
      const { connect }: { connect(fetch: typeof globalThis.fetch, origin: string): void } = await import(
        join(out, 'http.ts')
      );
      const sdk: {
        getArticle(id: string): Promise<Answer>;
        putArticle(id: string, article: Article): Promise<Answer>;
      } = await import(join(out, 'api.ts'));
      await savedWith(
        connect,
        async () => (await sdk.getArticle('1')).data,
        async (article) => {
          const { status, data } = await sdk.putArticle('1', article);
          return { status, data };
        },
      );
    },
    INSTALLING,
  );
});
