import { shortVersion } from './layout.mjs';

/** A `fetch` that tells `seen` of every request and its answer, and changes neither. */
export function watched(fetch, seen) {
  return async (input, init) => {
    const request = new Request(input, init);
    const sent = jsonOf(await request.clone().text());
    const told = { method: request.method, guard: guardOf(request.headers, sent) };
    try {
      const answer = await fetch(request);
      const body = jsonOf(await answer.clone().text());
      seen({ ...told, status: answer.status, meaning: meaningOf(answer, body) });
      return answer;
    } catch (error) {
      seen({ ...told, status: undefined, meaning: 'the connection broke' });
      throw error;
    }
  };
}

/** What the write is conditional on: a header, or in CouchDB's protocol a member of the body. */
function guardOf(headers, body) {
  const match = headers.get('if-match');
  if (match !== null) return `If-Match ${match}`;
  if (headers.has('if-none-match')) return `If-None-Match ${headers.get('if-none-match')}`;
  return body._rev === undefined ? '' : `_rev ${shortVersion(body._rev)}`;
}

function meaningOf({ status, headers }, body) {
  if (status < 300) {
    const version = body._rev ?? body.rev ?? headers.get('etag');
    return version === null ? 'done' : `version ${shortVersion(version)}`;
  }
  if (status === 412 || body.error === 'conflict') return 'stale: this version is gone';
  const wait = headers.get('retry-after');
  if (status === 423) return `locked by ${body.holder}${wait === null ? '' : `, Retry-After: ${wait}`}`;
  return body.title ?? body.reason ?? 'refused';
}

/** The members of a JSON object; none where it is no object. */
function jsonOf(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
