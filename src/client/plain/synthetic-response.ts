import type { Options as KyOptions, ResponsePromise } from 'ky';
import { isHTTPError, SchemaValidationError } from 'ky';
import { RefusedError } from '../../errors/outcome-errors.js';
import { jsonText } from '../../protocol/body/body.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import type { AcceptedAnswer } from '../http/transport.js';
import type { Memory } from './memory.js';

const BODILESS = new Set([204, 205, 304]);

/** What the server has. */
interface Now {
  readonly version: string | undefined;
  readonly text: string;
}

/**
 * The Response a plain write resolves with: the accepted answer with its body unread again; or, where nothing had to be
 * sent or an earlier attempt had landed, one that says what the server has.
 */
export function answerOf(
  landed: Pick<AcceptedAnswer, 'response' | 'text'> | undefined,
  now: Now | undefined,
  codec: VersionCodec,
): Response {
  if (landed !== undefined) return withText(landed.response, landed.text);
  if (now === undefined) return new Response(null, { status: 204 });
  const headers = new Headers({ 'content-type': 'application/json' });
  if (codec.corsHeader !== undefined && now.version !== undefined) headers.set(codec.corsHeader, now.version);
  return new Response(now.text, { status: 200, headers });
}

/** What is in answers that were made here: who wants the JSON in one need not wait for a stream. */
const texts = new WeakMap<Response, string>();

/** The same answer, its body to be read once more. */
export function withText(response: Response, text: string): Response {
  const { status, statusText, headers, url } = response;
  const copy = new Response(BODILESS.has(status) || text === '' ? null : text, { status, statusText, headers });
  texts.set(copy, text);
  // The body is decoded by now: what told of its coding and length is no longer true.
  copy.headers.delete('content-encoding');
  copy.headers.delete('content-length');
  Object.defineProperty(copy, 'url', { value: url });
  return copy;
}

/**
 * What the server said for good, as a Response, where ky's `throwHttpErrors` asks for one.
 *
 * @throws the error itself where it is to be thrown, or is no answer.
 */
export function refusalIn(error: unknown, throwHttpErrors: KyOptions['throwHttpErrors'] = true): Response {
  const answered = error instanceof RefusedError ? error.cause : error;
  if (!isHTTPError(answered)) throw error;
  const { response, data } = answered;
  const throwing = typeof throwHttpErrors === 'function' ? throwHttpErrors(response.status) : throwHttpErrors;
  // What ky throws for it without this library is what its users expect; a rule that was met on the way is news.
  if (throwing) throw response.status === 409 || response.status === 412 ? error : answered;
  return withText(response, data === undefined ? '' : typeof data === 'string' ? data : jsonText(data));
}

type ParseJson = NonNullable<KyOptions['parseJson']>;

/** The value in the answer to a guarded write, as ky reads it. It is the state that the write made, and may be the next one's `base`. */
export async function jsonOf(
  memory: Memory,
  response: Response,
  schema: Parameters<ResponsePromise['json']>[0] | undefined,
  parseJson: ParseJson | undefined,
): Promise<unknown> {
  const text = await textIn(response);
  const isNothing = text === '' && schema !== undefined;
  const value: unknown =
    parseJson === undefined ? (isNothing ? undefined : JSON.parse(text)) : await parseJson(text, contextOf(response));
  memory.handOut(response, value);
  if (schema === undefined) return value;
  const result = await schema['~standard'].validate(value);
  if (result.issues !== undefined) throw new SchemaValidationError(result.issues);
  return result.value;
}

/** The text of an answer, whose body is used from then on. */
async function textIn(response: Response): Promise<string> {
  const text = texts.get(response);
  // What was read, is being read or is no stream is the platform's to tell.
  if (text === undefined || response.bodyUsed || response.body?.locked !== false) return response.text();
  // Not waited for: beside a clone it ends with that.
  response.body.cancel().catch(() => {});
  return text;
}

/** The request is made only for who looks at it: ky's own is gone, and a new one costs more than the parsing. */
function contextOf(response: Response): Parameters<ParseJson>[1] {
  return {
    response,
    get request() {
      return new Request(response.url || 'http://localhost/');
    },
  };
}
