import { type ContextManager, context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { type ReadableSpan, StackContextManager } from '@opentelemetry/sdk-trace';
import { conflictOnce } from 'unconflict/testing';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { PATH } from '../testing/support.js';
import { type Article, instrumented, named, type ObservedScene, observedScene, PATTERN } from './support.js';

const SPAN = `update ${PATTERN}`;
const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
const tag = (draft: Article): void => void draft.tags.push('mine');

function using(manager: ContextManager): void {
  context.setGlobalContextManager(manager.enable());
}
afterEach(() => context.disable());

/** Does something inside a span of somebody's. */
async function inside<T>(on: ObservedScene, name: string, act: () => Promise<T>): Promise<T> {
  const span: Span = on.providers.tracerProvider.getTracer('caller').startSpan(name);
  try {
    return await context.with(trace.setSpan(context.active(), span), act);
  } finally {
    span.end();
  }
}

const parentOf = (span: ReadableSpan, spans: readonly ReadableSpan[]): string | undefined =>
  spans.find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId)?.name;

const httpSpans = (spans: readonly ReadableSpan[]): [string, string | undefined][] =>
  spans.filter(({ kind }) => kind === SpanKind.CLIENT).map((span) => [span.name, parentOf(span, spans)]);

describe("in Node, with AsyncLocalStorage and the instrumentation of Node's own fetch", () => {
  async function nodeScene(): Promise<ObservedScene> {
    using(new AsyncLocalStorageContextManager());
    const on = observedScene({ fetch: (input, init) => globalThis.fetch(input, init) });
    const instrumentation = new UndiciInstrumentation();
    instrumentation.setTracerProvider(on.providers.tracerProvider);
    onTestFinished(() => instrumentation.disable());
    const { url } = await on.server.listen();
    return { ...on, article: on.client.resource<Article>(new URL(url + PATH)) };
  }

  test("the requests of an edit are below its span, and its span below its caller's", async () => {
    const on = await nodeScene();
    await inside(on, 'caller', async () => {
      await on.article.get();
      conflictOnce<Article>(on.server, PATH, ({ tags }) => void tags.push('theirs'));
      await on.article.edit(retitle);
    });
    const spans = on.spans();
    expect(httpSpans(spans)).toEqual([
      ['GET', 'caller'],
      ['PATCH', SPAN],
      ['GET', SPAN],
      ['PATCH', SPAN],
    ]);
    expect(parentOf(named(spans, SPAN), spans)).toBe('caller');
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  test('an edit that waits for another of the same resource is below its own caller', async () => {
    const on = await nodeScene();
    await on.article.get();
    const first = inside(on, 'caller 1', () => on.article.edit(retitle));
    await new Promise((resolve) => setImmediate(resolve));
    const second = inside(on, 'caller 2', () => on.article.edit(tag));
    await Promise.all([first, second]);
    const spans = on.spans();
    const edits = spans.filter(({ name }) => name === SPAN);
    expect(edits.map((span) => parentOf(span, spans))).toEqual(['caller 1', 'caller 2']);
    const patches = spans.filter(({ name }) => name === 'PATCH');
    expect(patches.map((span) => span.parentSpanContext?.spanId)).toEqual(
      edits.map((span) => span.spanContext().spanId),
    );
  });

  test('a request of edits that travel together is below the first, and the others are linked to it', async () => {
    const on = await nodeScene();
    await on.article.get();
    await Promise.all([
      inside(on, 'caller 1', () => on.article.edit(retitle)),
      inside(on, 'caller 2', () => on.article.edit(tag)),
    ]);
    const spans = on.spans();
    const [first, second] = spans.filter(({ name }) => name === SPAN);
    const [patch, ...more] = spans.filter(({ name }) => name === 'PATCH');
    expect(more).toEqual([]);
    expect(patch?.parentSpanContext?.spanId).toBe(first?.spanContext().spanId);
    expect(first?.links).toEqual([]);
    expect(second?.links.map(({ context: { spanId } }) => spanId)).toEqual([first?.spanContext().spanId]);
  });
});

describe('where only a call stack carries the context, as in browsers', () => {
  test('the requests of an edit are below its span, that of a known base below its caller', async () => {
    using(new StackContextManager());
    const on = observedScene({ fetch: (input, init) => send(input, init) });
    const send = instrumented(on.server.fetch, on);
    await on.article.get();
    conflictOnce<Article>(on.server, PATH, ({ tags }) => void tags.push('theirs'));
    await inside(on, 'caller', () => on.article.edit(retitle));
    const spans = on.spans();
    expect(httpSpans(spans)).toEqual([
      ['GET', undefined],
      ['PATCH', SPAN],
      ['GET', SPAN],
      ['PATCH', SPAN],
    ]);
    expect(parentOf(named(spans, SPAN), spans)).toBe('caller');
  });

  test('an edit that had to read first has lost its caller, and keeps its writes', async () => {
    using(new StackContextManager());
    const on = observedScene({ fetch: (input, init) => send(input, init) });
    const send = instrumented(on.server.fetch, on);
    await inside(on, 'caller', () => on.article.edit(retitle));
    const spans = on.spans();
    expect(parentOf(named(spans, SPAN), spans)).toBeUndefined();
    expect(httpSpans(spans)).toEqual([
      ['GET', undefined],
      ['PATCH', SPAN],
    ]);
  });
});

test('without a context manager the span of an edit stands by itself', async () => {
  const on = observedScene();
  await inside(on, 'caller', () => on.article.edit(retitle));
  expect(named(on.spans(), SPAN).parentSpanContext).toBeUndefined();
});
