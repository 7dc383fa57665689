import { type Answer, problemAnswer } from '../wire/answer.js';
import type { ServerRequest } from '../wire/request.js';

/** Answers kept by Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a write sent again is answered again and not done again. */
export interface IdempotencyKeys {
  /** The answer to a repeated request, or 422 where its key came with other bytes before. */
  repeated(request: ServerRequest): Answer | undefined;
  keep(request: ServerRequest, answer: Answer): void;
  clear(): void;
}

export function createIdempotencyKeys(): IdempotencyKeys {
  const kept = new Map<string, { readonly print: string; readonly answer: Answer }>();
  const keyOf = ({ headers }: ServerRequest): string | null => headers.get('idempotency-key');
  const printOf = ({ method, path, search, body }: ServerRequest): string =>
    JSON.stringify([method, path, search, body.kind === 'text' ? (body.text ?? '') : body.kind]);

  return {
    repeated: (request) => {
      const key = keyOf(request);
      const known = key === null ? undefined : kept.get(key);
      if (!known) return undefined;
      if (known.print === printOf(request)) {
        const { version: _, ...answer } = known.answer;
        return { ...answer, outcome: 'repeated' };
      }
      const detail = `The Idempotency-Key ${JSON.stringify(key)} was used for another request before.`;
      return problemAnswer('invalid', 422, { code: 'idempotency_key_reused', detail });
    },
    keep: (request, answer) => {
      const key = keyOf(request);
      // Only what was committed: a refused write may be tried again under its key.
      if (key !== null && answer.version !== undefined) kept.set(key, { print: printOf(request), answer });
    },
    clear: () => kept.clear(),
  };
}
