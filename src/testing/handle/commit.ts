import type { JsonValue } from '../core.js';
import { parseText, textOf } from '../store/json-text.js';
import { normalised } from '../store/normalise.js';
import { isLive, type LiveState } from '../store/store.js';
import { type Answer, problemAnswer } from '../wire/answer.js';
import type { RequestRecord } from '../wire/record.js';
import type { ServerRequest } from '../wire/request.js';
import { staleAnswer } from '../wire/stale.js';
import { deletedAnswer, savedAnswer } from '../wire/success.js';
import type { Backend, Circumstances } from './backend.js';
import { applyContent, type Content } from './content.js';

/** The text that a document is kept as: without its version, in the form that the server likes. */
export function keptText({ settings, nextId }: Backend, value: JsonValue, path: string): string {
  return textOf(normalised(settings.versions.strip(value), path, { steps: settings.normalisers, nextId }));
}

/** What a write would make of a document. `text` undefined: deleted. `tested`: a JSON Patch `test` proved its version. */
export function nextOf(
  backend: Backend,
  content: Content | undefined,
  current: LiveState | undefined,
  path: string,
  now: Circumstances,
): { readonly text: string | undefined; readonly tested: boolean } | { readonly answer: Answer } {
  const { versions } = backend.settings;
  if (content === undefined) return { text: undefined, tested: false };
  if (content.media === 'document') return { text: keptText(backend, content.value, path), tested: false };

  const shown: JsonValue | undefined = current && parseText(versions.show(current));
  const patched = applyContent(content, shown);
  if ('answer' in patched) return patched;
  if ('failedTest' in patched) {
    if (patched.failedTest === versions.pointer) return { answer: staleAnswer(backend, 'stale', path, current, now) };
    const detail = `The test of ${JSON.stringify(patched.failedTest)} failed; nothing was changed.`;
    return { answer: problemAnswer('refused', 409, { code: 'test-failed', detail }) };
  }
  return { text: keptText(backend, patched.next, path), tested: testsVersion(content, versions.pointer) };
}

function testsVersion({ media, value }: Content, pointer: string | undefined): boolean {
  if (media !== 'json-patch' || pointer === undefined || !Array.isArray(value)) return false;
  return value.some((operation) => {
    const at = typeof operation === 'object' && operation !== null && !Array.isArray(operation) ? operation : {};
    return at.op === 'test' && at.path === pointer;
  });
}

/** Asks the business rules, then keeps the document, or its deletion. */
export function commit(
  backend: Backend,
  request: ServerRequest,
  record: RequestRecord,
  write: { readonly path: string; readonly current: LiveState | undefined; readonly text: string | undefined },
  now: Circumstances,
): Answer {
  const { path, current, text } = write;
  const refusal = backend.refusals.refusal(path, text, current?.text);
  if (refusal) return refusal;
  const state = backend.store.commit(path, text, record);
  return isLive(state)
    ? savedAnswer(backend, request, { state, path, before: current }, now)
    : deletedAnswer(backend, path, state, now);
}
