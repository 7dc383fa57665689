import { expect, test } from 'vitest';
import { mswHandlers, mswResolver } from '../../../src/testing/index.js';
import { ARTICLE, PATH, seeded } from './support.js';

const request = (init?: RequestInit): { request: Request } => ({
  request: new Request(`https://api.test${PATH}`, init),
});

test('a handler takes the requests it is told to and answers from the server', async () => {
  const handlers = mswHandlers(
    seeded(),
    { all: (path: string, resolver: ReturnType<typeof mswResolver>) => ({ path, resolver }) },
    'https://api.test/*',
  );
  expect(handlers.map(({ path }) => path)).toEqual(['https://api.test/*']);
  expect(await (await handlers[0]?.resolver(request()))?.json()).toEqual(ARTICLE);
});

test('a broken connection is a network error and no exception', async () => {
  const server = seeded();
  server.fault({ kind: 'lose-request' });
  expect((await mswResolver(server)(request())).type).toBe('error');
});

test('an abort is no exception either', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  expect((await mswResolver(seeded())(request({ signal }))).type).toBe('error');
});
