import type { BeforeErrorHook, KyInstance, Options as KyOptions } from 'ky';
import { isHTTPError, isNetworkError, isTimeoutError } from 'ky';
import type { RequestFacts } from '../../contract/events.js';
import { parseBody } from '../../protocol/body/body.js';
import { shownText } from '../../protocol/shown.js';
import { retryAfterMs } from '../../protocol/verdict/retry-after.js';

const NOTE = 'unconflict.note';

/** What a hook and a `fetch` of ours see of a request. */
class Note {
  /** ky's own error, before hooks of the user's put another in its place. */
  error: Error | undefined;
  /** The user's hooks have let it go. */
  sent = false;
  readonly precondition: Precondition | undefined;

  constructor(precondition: Precondition | undefined) {
    this.precondition = precondition;
  }
}

/** What a write must still have when it leaves, so that it takes nobody's save: a header, or parameters of the query. */
export interface Precondition {
  readonly header?: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
}

/** @throws Error for a request that has lost its precondition: only a hook can have taken it. */
function assertConditional({ url, headers }: Request, { header, query }: Precondition): void {
  const lost = header === undefined || headers.has(header) ? lostOf(url, query) : header;
  if (lost === undefined) return;
  throw new Error(
    `Nothing was sent: a hook took ${lost} off the request, and without it the write could overwrite a newer version.`,
  );
}

function lostOf(url: string, query: Precondition['query']): string | undefined {
  if (query === undefined) return undefined;
  const { searchParams } = new URL(url);
  return query.find(([name]) => !searchParams.has(name))?.[0];
}

/** The first `beforeError` hook of every instance that {@link askKy} is given, where the user has one. */
export const noteError: BeforeErrorHook = ({ error, options }) => {
  const note: unknown = Reflect.get(options, NOTE);
  if (note instanceof Note) note.error = error;
  return error;
};

/** The `fetch` of every instance that {@link askKy} is given: behind every hook, also where one of them asks for a retry. */
export function notingFetch(own: KyOptions['fetch']): NonNullable<KyOptions['fetch']> {
  return async (request, init: RequestInit & { [NOTE]?: Note } = {}) => {
    const { [NOTE]: note, ...given } = init;
    // ky hands on a Request and nothing else.
    if (note?.precondition !== undefined) assertConditional(request as Request, note.precondition);
    if (note !== undefined) note.sent = true;
    return own === undefined ? globalThis.fetch(request, given) : own(request, given);
  };
}

/** What came of a request. */
export type Came =
  | { readonly kind: 'accepted'; readonly response: Response }
  | Thrown
  /** It was not sent: a hook would not let it go, or it cannot be made. */
  | { readonly kind: 'unsent'; readonly error: Error };

/**
 * Sends a request and tells what came of it, as a value. What the server answered is read from ky's own error; what is
 * thrown in the end may be a hook's.
 *
 * @param edits Ids of those the request is sent for, which a `fetch` of the user's is told.
 */
export async function askKy(
  instance: KyInstance,
  url: URL,
  options: KyOptions,
  edits: readonly string[] | undefined,
  precondition?: Precondition,
): Promise<Came> {
  const note = new Note(precondition);
  try {
    // What ky does not know, it hands to `fetch` as its second argument.
    const facts: { unconflict?: RequestFacts } = edits?.length ? { unconflict: { edits } } : {};
    const asked = { ...options, ...facts, [NOTE]: note };
    return { kind: 'accepted', response: await instance(url, asked) };
  } catch (thrown) {
    const read = readThrown(thrown, note.error);
    return read.kind === 'other' && !note.sent ? { kind: 'unsent', error: read.error } : read;
  }
}

/** A refusal of the server, with its body parsed where it is JSON. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** ms */
  readonly retryAfter: number | undefined;
}

/** What ky threw, as a value: an answer of the server, or none. Its secrets are hidden from whatever prints it. */
export type Thrown =
  | { readonly kind: 'answer'; readonly error: Error; readonly answer: ErrorAnswer }
  | { readonly kind: 'no-answer'; readonly error: Error }
  /** Somebody else's code failed: a ky hook, a custom fetch. */
  | { readonly kind: 'other'; readonly error: Error };

/** @param origin ky's own error, where a hook put another in its place. */
export function readThrown(thrown: unknown, origin: unknown = thrown): Thrown {
  const error = thrown instanceof Error ? hideSecrets(thrown) : new Error(String(thrown), { cause: thrown });
  if (origin instanceof Error) hideSecrets(origin);
  if (isHTTPError(origin)) {
    const { status, headers } = origin.response;
    const body = jsonOf(origin.data);
    return {
      kind: 'answer',
      error,
      answer: { status, headers, body, retryAfter: retryAfterMs(headers, body, Date.now()) },
    };
  }
  return { kind: isNetworkError(origin) || isTimeoutError(origin) ? 'no-answer' : 'other', error };
}

/** Servers send JSON as text, too. */
function jsonOf(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  const parsed = parseBody(data);
  return parsed.json ? parsed.value : data;
}

/** ky's errors hold the request with its Authorization header, and the answer with its cookies. */
const TELLTALE = ['request', 'options', 'response'];

/**
 * Makes what may hold secrets invisible to whatever prints or serialises the error: its request and answer can still be
 * read by name, and the address in its words is shown without them. A frozen error stays as it is.
 */
export function hideSecrets<E extends Error>(error: E): E {
  for (const name of TELLTALE) {
    if (Object.hasOwn(error, name)) Reflect.defineProperty(error, name, { enumerable: false });
  }
  const { message, stack } = error;
  const shown = shownText(message);
  if (shown !== message) {
    Reflect.defineProperty(error, 'message', { value: shown });
    Reflect.defineProperty(error, 'stack', { value: stack?.replace(message, () => shown) });
  }
  return error;
}

/** Sends the request to an address, and leaves redirects to us (`manual`) or to fetch (`follow`). */
type Send = (url: URL, redirect: RequestRedirect) => Promise<Came>;

/** As many as fetch follows (Fetch standard, 4.4). */
const MOST_REDIRECTS = 20;

/** Redirects that keep method and body (RFC 9110 15.4); fetch treats 301 and 302 so for everything but POST. */
const KEEPING = new Set([301, 302, 307, 308]);

/**
 * Follows redirects by hand: fetch would carry preconditions and API keys along to another origin. Where they cannot be
 * seen (browsers answer with status 0), the browser follows; CORS guards other origins there.
 *
 * @param own Sends within the origin.
 * @param elsewhere Sends to any other, from then on, nothing of the caller's with it. Undefined: such a redirect is the answer.
 */
export async function followRedirects(start: URL, own: Send, elsewhere: Send | undefined): Promise<Came> {
  let url = start;
  let send = own;
  for (let redirects = 0; ; redirects += 1) {
    const came = await send(url, 'manual');
    if (came.kind !== 'answer') return came;
    if (came.answer.status === 0) return send(url, 'follow');
    const next = redirectOf(came.answer, url);
    if (next === undefined || redirects >= MOST_REDIRECTS) return came;
    if (next.origin !== url.origin) {
      if (elsewhere === undefined) return came;
      send = elsewhere;
    }
    url = next;
  }
}

function redirectOf({ status, headers }: ErrorAnswer, from: URL): URL | undefined {
  const location = headers.get('location');
  if (!KEEPING.has(status) || location === null || !URL.canParse(location, from)) return undefined;
  return new URL(location, from);
}
