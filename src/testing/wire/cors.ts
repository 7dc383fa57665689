import { type Answer, emptyAnswer } from './answer.js';
import type { ServerRequest } from './request.js';

/** The answer to a preflight; undefined for any other request. Preflights are the browser's own: no fault hits them and no record keeps them. */
export function preflightAnswer({ method, headers }: ServerRequest): Answer | undefined {
  const wanted = headers.get('access-control-request-method');
  if (method !== 'OPTIONS' || wanted === null) return undefined;
  return exposed(
    emptyAnswer('read', 204, [
      ['Access-Control-Allow-Methods', wanted],
      ['Access-Control-Allow-Headers', headers.get('access-control-request-headers') ?? '*'],
      ['Access-Control-Max-Age', '600'],
    ]),
  );
}

/** An answer that pages of other origins may read, all of its headers included. */
export function exposed(answer: Answer): Answer {
  const headers = new Headers(answer.headers);
  headers.set('Access-Control-Allow-Origin', '*');
  headers.set('Access-Control-Expose-Headers', '*');
  return { ...answer, headers };
}
