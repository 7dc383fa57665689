import { context, type MeterProvider, metrics, type TracerProvider, trace } from '@opentelemetry/api';
import type { ClientEvent, ClientOptions, RequestFacts } from '../index.js';
import { type EditSpan, startEditSpan } from './edit-span.js';
import { createInstruments } from './instruments.js';
import { SCOPE } from './names.js';
import { beginStory, follow, type Story } from './story.js';

/** What telemetry is told, and by whose means. Everything has a default. */
export interface TelemetryOptions {
  /** Where spans go. Default: the one registered with the API. */
  readonly tracerProvider?: TracerProvider;
  /** Where metrics go. Default: the one registered with the API. */
  readonly meterProvider?: MeterProvider;
  /**
   * A name with few values for a URL, as `url.template`. Without one the attribute is left out. Default: the matching key of `resources`.
   */
  readonly pattern?: (url: string) => string | undefined;
  /** Adds `url.full` and the message of an error to spans; they name the URL and paths in the document. Metrics never do. Default `false`. */
  readonly details?: boolean;
}

interface Open {
  readonly story: Story;
  readonly span: EditSpan;
}

/**
 * Options of a client with OpenTelemetry added: a span for each edit, the HTTP spans of fetch instrumentation below it, and metrics.
 * For `createClient` and `conflictFetch` alike. Adds to `fetch` and `onEvent`; what was there goes on working.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { withTelemetry } from 'unconflict/otel';
 *
 * const client = createClient(withTelemetry({ prefix: 'https://api.example.com', resources: { '/articles/:id': {} } }));
 * await client.resource<{ title: string }>('articles/1').edit((draft) => {
 *   draft.title = 'Better'; // span "update /articles/:id"
 * });
 * ```
 *
 * @returns new options; those given are not changed.
 */
export function withTelemetry(options: ClientOptions = {}, settings: TelemetryOptions = {}): ClientOptions {
  const { tracerProvider = trace, meterProvider = metrics, pattern = () => undefined, details = false } = settings;
  const tracer = tracerProvider.getTracer(SCOPE);
  const instruments = createInstruments(meterProvider.getMeter(SCOPE));
  const open = new Map<string, Open>();

  const tell = (event: ClientEvent): void => {
    if (event.type === 'queued') {
      const story = beginStory(event, pattern);
      open.set(event.editId, { story, span: startEditSpan(tracer, event, story, details) });
      return;
    }
    const edit = open.get(event.editId);
    if (edit === undefined) return;
    const { story, span } = edit;
    if (event.type === 'accepted' || event.type === 'rejected') {
      open.delete(event.editId);
      instruments.end(story, event);
      span.end(event);
      return;
    }
    follow(story, event);
    instruments.tell(story, event);
    span.tell(event);
  };

  return {
    ...options,
    onEvent: (event) => {
      try {
        tell(event);
      } finally {
        options.onEvent?.(event);
      }
    },
    fetch: (input: RequestInfo | URL, init?: RequestInit & { unconflict?: RequestFacts }) => {
      // Looked up when it is called: instrumentation may come later than this client.
      const send = (): Promise<Response> => (options.fetch ?? globalThis.fetch)(input, init);
      const [leader, ...others] = (init?.unconflict?.edits ?? []).flatMap((id) => open.get(id)?.span ?? []);
      if (leader === undefined) return send();
      for (const other of others) other.travelWith(leader);
      return context.with(leader.within, send);
    },
  };
}
