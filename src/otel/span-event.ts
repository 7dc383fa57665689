import type { Attributes } from '@opentelemetry/api';
import type { ClientEvent } from '../index.js';
import { ATTEMPT, ERROR_TYPE, HTTP_METHOD, HTTP_STATUS, VERSION } from './names.js';
import { errorType } from './story.js';

/** What a span event tells of an event, without the values and words of the document or the server. */
export function spanAttributes(event: ClientEvent): Attributes {
  switch (event.type) {
    case 'attempt':
      return { [ATTEMPT]: event.attempt, [HTTP_METHOD]: event.method, ...versionOf(event) };
    case 'stale':
    case 'locked':
    case 'gone':
    case 'exists':
    case 'refused': {
      const code = event.problem?.code;
      const named = code === undefined ? {} : { [ERROR_TYPE]: code };
      return { [ATTEMPT]: event.attempt, [HTTP_STATUS]: event.status, ...named };
    }
    case 'refetch':
      return {
        [ATTEMPT]: event.attempt,
        'unconflict.refetch.from_refusal': event.fromConflictBody,
        ...versionOf(event),
      };
    case 'rebase':
      return {
        [ATTEMPT]: event.attempt,
        'unconflict.rebase.operations': event.operations,
        'unconflict.rebase.conflicts': event.conflicts.length,
        'unconflict.rebase.resolved': event.resolved.length,
        'unconflict.rebase.ms': event.ms,
      };
    case 'resolve':
      return { [ATTEMPT]: event.attempt, 'unconflict.resolve.answer': event.answer, 'unconflict.resolve.ms': event.ms };
    case 'wait':
      return { [ATTEMPT]: event.attempt, 'unconflict.wait.reason': event.reason, 'unconflict.wait.ms': event.ms };
    case 'in-doubt': {
      const { cause } = event;
      return { [ATTEMPT]: event.attempt, ...(cause instanceof Error && { [ERROR_TYPE]: errorType(cause) }) };
    }
    default:
      return {};
  }
}

function versionOf({ version }: { readonly version: string | undefined }): Attributes {
  return version === undefined ? {} : { [VERSION]: version };
}
