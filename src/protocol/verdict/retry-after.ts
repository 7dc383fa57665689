/** RFC 9110 5.6.7: IMF-fixdate, RFC 850 and asctime dates all hold a name of a day or month. `Date.parse` alone would take `-5` and `1.5` for dates. */
const DATE = /^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/;

/**
 * How long the server asks to wait, in ms; `undefined` where it does not say or says something that is no time.
 *
 * `Retry-After` in seconds or as a date (RFC 9110 10.2.3), `x-ms-retry-after-ms` (Cosmos), `Retry-After-Ms` (Azure), or `details.retryAfterSeconds` in the body
 * (Kubernetes). A date is measured against the answer's own `Date`: the server's clock made both. Never negative. Nothing is capped here: the caller's `maxRetryAfter` is.
 */
export function retryAfterMs(headers: Headers, body: unknown, now: number): number | undefined {
  return (
    amount(headers.get('retry-after-ms'), 1) ??
    amount(headers.get('x-ms-retry-after-ms'), 1) ??
    amount(headers.get('retry-after'), 1000) ??
    date(headers.get('retry-after'), timeOf(headers.get('date')) ?? now) ??
    fromBody(body)
  );
}

function amount(text: string | null, unit: number): number | undefined {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,15}(?:\.\d{1,9})?$/.test(trimmed) ? Math.ceil(Number(trimmed) * unit) : undefined;
}

function date(text: string | null, now: number): number | undefined {
  const at = timeOf(text);
  return at === undefined ? undefined : Math.max(0, at - now);
}

function timeOf(text: string | null): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (!DATE.test(trimmed)) return undefined;
  // asctime has no zone, and HTTP knows no other than GMT.
  const at = Date.parse(/(?:GMT|UTC|[+-]\d{4})$/.test(trimmed) ? trimmed : `${trimmed} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

function fromBody(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('details' in body)) return undefined;
  const { details } = body;
  if (typeof details !== 'object' || details === null || !('retryAfterSeconds' in details)) return undefined;
  const seconds = details.retryAfterSeconds;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * 1000) : undefined;
}
