import { type Context, context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { ClientEvent } from '../index.js';
import {
  EDIT_ATTEMPTS,
  EDIT_ID,
  EDIT_OPERATIONS,
  EDIT_OUTCOME,
  ERROR_TYPE,
  SERVER_PORT,
  URL_FULL,
  URL_TEMPLATE,
} from './names.js';
import { spanAttributes } from './span-event.js';
import { type Ending, errorType, outcomeOf, type Queued, type Story } from './story.js';

/** The span of one edit, from its lane to its end. */
export interface EditSpan {
  /** The context of who made the edit, with its span in it: requests sent for it go there. */
  readonly within: Context;
  tell(event: ClientEvent): void;
  end(event: Ending): void;
  /** The edit's requests go with those of another: its own span says so. */
  travelWith(other: EditSpan): void;
}

/**
 * Starts the span of an edit, below whatever span is active: `queued` is told in the caller's own context.
 *
 * @param details Also what names one document: the URL and the words of the error.
 */
export function startEditSpan(tracer: Tracer, event: Queued, story: Story, details: boolean): EditSpan {
  const { labels, url } = story;
  const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
  const attributes = {
    ...labels,
    [SERVER_PORT]: port,
    [EDIT_ID]: event.editId,
    [EDIT_OPERATIONS]: event.operations,
    ...(details && { [URL_FULL]: event.url }),
  };
  const name = [event.kind, labels[URL_TEMPLATE]].filter((part) => part !== undefined).join(' ');
  const span = tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes });
  const companions = new Set<EditSpan>();
  return {
    within: trace.setSpan(context.active(), span),
    tell: (told) => void span.addEvent(told.type, spanAttributes(told)),
    end: (ending) => end(span, ending, details),
    travelWith: (other) => {
      const leader = trace.getSpanContext(other.within);
      if (leader === undefined || companions.has(other)) return;
      companions.add(other);
      span.addLink({ context: leader });
    },
  };
}

function end(span: Span, ending: Ending, details: boolean): void {
  span.setAttributes({ [EDIT_OUTCOME]: outcomeOf(ending), [EDIT_ATTEMPTS]: ending.attempts });
  if (ending.type === 'rejected') {
    const type = errorType(ending.error);
    span.setAttribute(ERROR_TYPE, type);
    span.setStatus({ code: SpanStatusCode.ERROR, message: details ? ending.error.message : type });
  }
  span.end();
}
