import { apply, InvalidPatchError, type JsonObject, type JsonValue, type Patch } from '../core.js';
import { parseText } from '../store/json-text.js';
import { type Answer, problemAnswer } from '../wire/answer.js';
import type { ServerRequest } from '../wire/request.js';
import type { Media } from './media.js';
import { mergePatch } from './merge-patch.js';

/** A body, parsed. */
export interface Content {
  readonly media: Media;
  readonly text: string;
  readonly value: JsonValue;
}

const invalid = (status: number, detail: string): { answer: Answer } => ({
  answer: problemAnswer('invalid', status, { detail }),
});

/** A body that cannot even be looked at: 413 or 400. */
export function unreadable({ body }: ServerRequest, maxBody: number): Answer | undefined {
  if (body.kind === 'too-large') return invalid(413, `The body is longer than ${maxBody} bytes.`).answer;
  if (body.kind === 'not-utf-8') return invalid(400, 'The body is not UTF-8.').answer;
  return undefined;
}

export function parseContent({ body }: ServerRequest, media: Media): { content: Content } | { answer: Answer } {
  const text = body.kind === 'text' ? (body.text ?? '') : '';
  if (text === '') return invalid(400, 'The body is empty; it must be JSON.');
  try {
    const value = parseText(text);
    if (media === 'json-patch' && !Array.isArray(value))
      return invalid(400, 'A JSON Patch is an array of operations (RFC 6902).');
    return { content: { media, text, value } };
  } catch (error) {
    return invalid(400, `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What `{ ...value }` makes of it: of a list, members named by numbers. */
const spread = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null ? { ...Object.fromEntries(Object.entries(value)) } : {};

/** What a patch came to. `failedTest`: the path of the `test` that did not hold. */
type Patched = { readonly next: JsonValue } | { readonly failedTest: string } | { readonly answer: Answer };

export function applyContent({ media, text, value }: Content, current: JsonValue | undefined): Patched {
  if (media === 'document') return { next: value };
  if (media === 'any') return { next: { ...spread(current), ...spread(value) } };
  if (media !== 'json-patch') return { next: mergePatch(current, value) };
  const operations: Patch = parseText(text);
  try {
    return { next: apply(current ?? null, operations) };
  } catch (error) {
    if (!(error instanceof InvalidPatchError)) throw error;
    const failed = operations[error.index];
    if (failed?.op === 'test' && 'value' in failed && typeof failed.path === 'string')
      return { failedTest: failed.path };
    return invalid(422, `The patch does not apply, and nothing was changed: ${error.message}`);
  }
}
