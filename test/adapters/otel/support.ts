import { SpanKind } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  type ExponentialHistogram,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Client, ClientOptions, Resource } from 'unconflict';
import { createClient } from 'unconflict';
import { type TelemetryOptions, withTelemetry } from 'unconflict/otel';
import type { ConflictServer } from 'unconflict/testing';
import { onTestFinished } from 'vitest';
import { seeded } from '../testing/support.js';

export interface Article {
  title: string;
  tags: string[];
  views?: number;
}

/** One number of a metric, with its attributes. */
export interface Point {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** The SDK with its exporters in memory. */
export interface Sdk {
  readonly providers: Required<Pick<TelemetryOptions, 'tracerProvider' | 'meterProvider'>>;
  readonly spans: () => ReadableSpan[];
  /** The points of a metric; a histogram's value is its sum and count. */
  readonly points: (name: string) => Promise<Point[]>;
  readonly metricNames: () => Promise<string[]>;
}

export function sdk(): Sdk {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(async () => {
    await meterProvider.shutdown();
    await tracerProvider.shutdown();
  });
  const collected = async (): Promise<MetricData[]> => {
    measured.reset();
    await meterProvider.forceFlush();
    return measured.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
  };
  return {
    providers: { tracerProvider, meterProvider },
    spans: () => exporter.getFinishedSpans(),
    metricNames: async () => (await collected()).map(({ descriptor }) => descriptor.name).sort(),
    points: async (name) =>
      (await collected())
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap((metric): readonly DataPoint<number | Histogram | ExponentialHistogram>[] => metric.dataPoints)
        .map(({ attributes: labels, value }) => ({
          labels,
          value: typeof value === 'number' ? value : { sum: value.sum, count: value.count },
        })),
  };
}

export const PATTERN = '/articles/:id';

/** A client with telemetry, on a conflict server with one article. */
export interface ObservedScene extends Sdk {
  readonly server: ConflictServer;
  readonly client: Client;
  readonly article: Resource<Article>;
}

export function observedScene(
  { resources = { [PATTERN]: {} }, ...options }: ClientOptions = {},
  settings: TelemetryOptions = {},
): ObservedScene {
  const server = seeded();
  const on = sdk();
  const fast: ClientOptions = { defaults: { retry: { minDelay: 0, maxDelay: 1 } } };
  const observed = withTelemetry(
    { prefix: server.origin, fetch: server.fetch, retry: 0, ...fast, resources, ...options },
    { ...on.providers, ...settings },
  );
  const client = createClient(observed);
  onTestFinished(() => client.close());
  return { ...on, server, client, article: client.resource<Article>('articles/1') };
}

/** A fetch that makes a CLIENT span of the active context when it is called, as instrumentation in a browser does. */
export function instrumented(fetch: typeof globalThis.fetch, { providers }: Sdk): typeof globalThis.fetch {
  const tracer = providers.tracerProvider.getTracer('fetch');
  return (input, init) => {
    const name = input instanceof Request ? input.method : 'GET';
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT });
    return fetch(input, init).finally(() => span.end());
  };
}

export const named = (spans: readonly ReadableSpan[], name: string): ReadableSpan => {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} spans are called ${name}`);
  return found[0];
};
