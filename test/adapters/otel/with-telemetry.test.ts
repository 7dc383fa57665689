import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { type ClientEvent, ConflictError, conflictFetch, createClient } from 'unconflict';
import { withTelemetry } from 'unconflict/otel';
import { conflictOnce } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { PATH, seeded } from '../testing/support.js';
import { type Article, named, observedScene, PATTERN, sdk } from './support.js';

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
const theirs = (draft: Article): void => {
  draft.title = 'Theirs';
};
const SPAN = `update ${PATTERN}`;

describe('the span of an edit', () => {
  test('is internal, named by kind and pattern, and says how it ended', async () => {
    const on = observedScene();
    await on.article.edit(retitle);
    const span = named(on.spans(), SPAN);
    expect(span.kind).toBe(SpanKind.INTERNAL);
    expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(span.attributes).toEqual({
      'unconflict.edit.id': expect.stringMatching(/^[\w-]{30,}$/),
      'unconflict.edit.kind': 'update',
      'unconflict.edit.operations': 1,
      'unconflict.edit.outcome': 'saved',
      'unconflict.edit.attempts': 1,
      'url.template': PATTERN,
      'server.address': 'conflict.test',
      'server.port': 80,
    });
  });

  test('has the way of a stale edit as events', async () => {
    const on = observedScene();
    conflictOnce<Article>(on.server, PATH, ({ tags }) => void tags.push('theirs'));
    await on.article.edit(retitle);
    const span = named(on.spans(), SPAN);
    expect(span.events.map(({ name }) => name).filter((name) => name !== 'wait')).toEqual([
      'attempt',
      'stale',
      'refetch',
      'rebase',
      'attempt',
    ]);
    expect(span.events.find(({ name }) => name === 'stale')?.attributes).toEqual({
      'unconflict.attempt': 1,
      'http.response.status_code': 412,
    });
    expect(span.attributes).toMatchObject({ 'unconflict.edit.outcome': 'rebased', 'unconflict.edit.attempts': 2 });
  });

  test('fails with the code of the error', async () => {
    const on = observedScene();
    conflictOnce<Article>(on.server, PATH, theirs);
    await expect(on.article.edit(retitle)).rejects.toThrow(ConflictError);
    const span = named(on.spans(), SPAN);
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'ERR_CONFLICT' });
    expect(span.attributes).toMatchObject({ 'error.type': 'ERR_CONFLICT', 'unconflict.edit.outcome': 'rejected' });
  });

  test.each([
    [false, undefined],
    [true, 'http://conflict.test/articles/1'],
  ])('tells the URL and the words of an error where details are %s', async (details, url) => {
    const on = observedScene({}, { details });
    conflictOnce<Article>(on.server, PATH, theirs);
    await expect(on.article.edit(retitle)).rejects.toThrow(ConflictError);
    const { attributes, status, events } = named(on.spans(), SPAN);
    expect(attributes['url.full']).toBe(url);
    expect(JSON.stringify([attributes, status, events]).includes(PATH)).toBe(details);
    expect(JSON.stringify([attributes, status, events])).not.toContain('Theirs');
  });

  test('is another one, of the same edit, when an error is gone on from', async () => {
    const on = observedScene();
    conflictOnce<Article>(on.server, PATH, theirs);
    const error: unknown = await on.article.edit(retitle).catch((reason: unknown) => reason);
    if (!(error instanceof ConflictError)) throw error;
    await error.retry('local');
    const spans = on.spans();
    expect(spans.map(({ attributes }) => attributes['unconflict.edit.outcome'])).toEqual(['rejected', 'rebased']);
    expect(new Set(spans.map(({ attributes }) => attributes['unconflict.edit.id'])).size).toBe(1);
  });

  test.each([
    [
      'create',
      ({ client }: ReturnType<typeof observedScene>) => client.resource('articles/2').create({ title: 'New' }),
    ],
    ['delete', ({ article }: ReturnType<typeof observedScene>) => article.delete()],
  ] as const)('is named by its kind: %s', async (kind, act) => {
    const on = observedScene();
    await act(on);
    expect(on.spans().map(({ name }) => name)).toEqual([`${kind} ${PATTERN}`]);
  });

  test('of a plain verb and of conflictFetch are the same', async () => {
    const on = sdk();
    const server = seeded();
    const fetch = conflictFetch(withTelemetry({ fetch: server.fetch, resources: { [PATTERN]: {} } }, on.providers));
    const url = server.origin + PATH;
    const read = await (await fetch(url)).json();
    const headers = { 'content-type': 'application/json' };
    await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ ...read, title: 'Mine' }) });
    expect(on.spans().map(({ name }) => name)).toEqual([SPAN]);
  });
});

describe('the pattern', () => {
  test('is left out where nothing gives one', async () => {
    const on = observedScene({ resources: {} });
    await on.article.edit(retitle);
    expect(named(on.spans(), 'update').attributes).not.toHaveProperty('url.template');
  });

  test('can be given by hand, and falls back where that gives none', async () => {
    const pattern = (url: string): string | undefined => (url.endsWith('/1') ? '/ones' : undefined);
    const on = observedScene({}, { pattern });
    await on.article.edit(retitle);
    await on.client.resource('articles/2').create({});
    expect(on.spans().map(({ name }) => name)).toEqual(['update /ones', `create ${PATTERN}`]);
  });
});

describe('what a client had before', () => {
  test('goes on: its own fetch and listener are called', async () => {
    const heard: ClientEvent['type'][] = [];
    const on = observedScene({ onEvent: ({ type }) => heard.push(type) });
    await on.article.edit(retitle);
    expect(heard).toEqual(['queued', 'attempt', 'accepted']);
    expect(on.server.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  test('a listener that throws harms neither', async () => {
    const onEvent = (): void => {
      throw new Error('a listener');
    };
    const on = observedScene({ onEvent });
    await on.article.edit(retitle);
    expect(on.spans()).toHaveLength(1);
  });

  test('is not changed, and without an SDK nothing is told and everything works', async () => {
    const server = seeded();
    const given = Object.freeze({ prefix: server.origin, fetch: server.fetch });
    const client = createClient(withTelemetry(given));
    expect((await client.resource<Article>('articles/1').edit(retitle)).value.title).toBe('Mine');
  });

  test('an extended client is observed, too', async () => {
    const on = observedScene();
    await on.client.extend({ timeout: 5_000 }).resource<Article>('articles/1').edit(retitle);
    expect(on.spans().map(({ name }) => name)).toEqual([SPAN]);
  });
});
