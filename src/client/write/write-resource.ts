import { assertJson } from '../../core/assert-json.js';
import { deepEqual } from '../../core/deep-equal.js';
import { InvalidOptionsError } from '../../core/errors.js';
import { isFormOf } from '../../core/form-of.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { childOf } from '../../core/pointer.js';
import type { PortWrite, ReadAnswer, ResourcePort, State, Waiting, WriteAnswer } from '../../engine/port.js';
import { MissingVersionError, UnreadableResponseError } from '../../errors/usage-errors.js';
import type { ServerAnswer } from '../../protocol/answer.js';
import { cacheWords } from '../../protocol/verdict/cache-words.js';
import { retryAfterMs } from '../../protocol/verdict/retry-after.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import { isSameVersion, withoutVersion } from '../../protocol/versions/version-scheme.js';
import type { Came } from '../http/ask-ky.js';
import { askKy, followRedirects } from '../http/ask-ky.js';
import { NOT_WHOLE, readGood } from '../http/read-body.js';
import { readResource } from '../http/read-resource.js';
import type { Wire } from '../http/transport.js';
import { contradicts, isRepresentation } from './representation.js';
import { digitsOf, formsOf } from './write-forms.js';
import type { ReadyWrite } from './write-request.js';
import { methodOf, withMissing, writeRequest } from './write-request.js';

/** One write, conditional on the version it names, and what the server made of it. */
async function writeResource(wire: Wire, write: PortWrite, waiting: Waiting): Promise<WriteAnswer> {
  const { signal, onHead } = waiting;
  const request = ready(wire, write);
  if (request instanceof Error) return { kind: 'unsendable', error: request };
  const came = await sendWrite(wire, request, waiting);
  if (came.kind === 'accepted') {
    const { headers, status } = came.response;
    const version = wire.codec.read({ headers, text: undefined, body: undefined });
    if (version !== undefined && canBeReceipt(came.response))
      onHead?.({ kind: 'accepted', status, version, value: undefined, isAssumed: request.method !== 'PUT' });
    return accepted(wire, write, { request, response: came.response, waiting });
  }
  // A hook said no, and it would say so in every form: its error is the caller's to see.
  if (came.kind === 'unsent' && !signal.aborted) throw came.error;
  if (came.kind !== 'answer') return { kind: 'unknown', error: came.error };
  const { status, headers, body, retryAfter } = came.answer;
  // "See Other" says that it was done, and where to look (RFC 9110 15.4.4): no refusal, and no receipt either.
  if (status === 303) return { kind: 'unknown', error: came.error };
  const answer: ServerAnswer = Object.freeze({ status, headers, body, sent: sentOf(request, write) });
  return { kind: 'answered', answer, error: came.error, retryAfter, latest: trusted(wire, answer) };
}

/** The request, or why it cannot be made: its form cannot say it, or the API's own format refuses. */
function ready(wire: Wire, write: PortWrite): ReadyWrite | Error {
  if (write.kind !== 'create' && write.base.version === undefined && wire.conditional) return unguarded(wire, write);
  try {
    const request = writeRequest(wire, write);
    if (!('impossible' in request)) return request;
    const option = `resource("${wire.url.pathname}").write`;
    const why = `The ${write.kind} of ${wire.shown} cannot be sent: ${request.impossible}. Give another \`write\`.`;
    return new InvalidOptionsError(why, { option, url: wire.shown });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The one place where bytes are made is where the version is checked: whatever a server stopped telling, nothing leaves without it. */
function unguarded({ shown, codec }: Wire, write: Exclude<PortWrite, { kind: 'create' }>): MissingVersionError {
  const why = `Nothing was sent to ${shown}: its last answer had no version in ${codec.source}, and a write without one could overwrite a newer version.`;
  const { value: base } = write.base;
  const { local, patch } = write.kind === 'update' ? write : { local: undefined, patch: [] };
  return new MissingVersionError(why, { url: shown, edit: { base, local, remote: base, patch } });
}

function sentOf({ method, url }: ReadyWrite, write: PortWrite): ServerAnswer['sent'] {
  const isCreate = write.kind === 'create';
  return { method, url: url.href, version: isCreate ? undefined : write.base.version, create: isCreate };
}

/** A page is for people, whatever its tag: a sign-in, a gateway's apology. */
function canBeReceipt({ status, headers }: Response): boolean {
  return !NOT_WHOLE.has(status) && !/^\s*text\/html\b/i.test(headers.get('content-type') ?? '');
}

interface Exchange {
  readonly request: ReadyWrite;
  readonly response: Response;
  readonly waiting: Waiting;
}

async function accepted(
  wire: Wire,
  write: PortWrite,
  { request: sent, response, waiting }: Exchange,
): Promise<WriteAnswer> {
  const { codec, request, reader, transport, shown } = wire;
  const body = await readGood(response, transport.limits, shown);
  const { headers, status } = response;
  const found = body.kind === 'json' ? { headers, text: body.text, body: body.value } : undefined;
  const version = codec.read(found ?? { headers, text: undefined, body: undefined });
  const isHtml = body.kind === 'unreadable' && /^\s*<(?:!doctype|html)\b/i.test(body.text);
  const isReceipt = body.kind === 'empty' ? !NOT_WHOLE.has(status) : canBeReceipt(response) && !isHtml;
  if (!isReceipt || (body.kind === 'unreadable' && !body.cutOff && version === undefined)) {
    // No receipt: have a look before calling it saved.
    const what = `${shown} answered ${status} (${headers.get('content-type') ?? 'no media type'}), which does not say that the write was made.`;
    const error = body.kind === 'unreadable' ? body.error : new UnreadableResponseError(what, { url: shown });
    return { kind: 'unknown', error, status };
  }
  if (found !== undefined) {
    const answer: ServerAnswer = Object.freeze({ status, headers, body: found.body, sent: sentOf(sent, write) });
    const verdict = request.classify?.(answer);
    if (verdict !== undefined && verdict !== 'other') {
      const error = new UnreadableResponseError(`${shown} answered ${status} with an error in it.`, { url: shown });
      return {
        kind: 'answered',
        answer,
        error,
        retryAfter: retryAfterMs(headers, found.body, Date.now()),
        latest: trusted(wire, answer),
      };
    }
  }
  const forms = formsOf(wire);
  const value = found === undefined ? undefined : reader.open(found);
  if (write.kind === 'update' && value !== undefined && isIgnored(wire, write, { value, version })) {
    if (forms.next(true)) return writeResource(wire, write, waiting);
    const what = `${shown} answered ${status} and showed that nothing was changed: it ignored the write. Give another \`write\`.`;
    return { kind: 'unknown', error: new UnreadableResponseError(what, { url: shown }), status };
  }
  forms.prove();
  // A body that did not arrive whole is handed on to nobody.
  if (body.kind !== 'unreadable' || body.text !== '')
    wire.onAccepted?.({ response, text: body.kind === 'empty' ? '' : body.text, value: found?.body });
  if (write.kind === 'delete') return { kind: 'accepted', status, version: undefined, value: undefined };
  if (
    write.kind === 'update' &&
    forms.current === 'json-patch' &&
    value !== undefined &&
    holdsPatch(value, write.patch)
  ) {
    return repair(wire, { ...write, base: { value, version } }, waiting);
  }
  const before = write.kind === 'update' ? write.base.value : undefined;
  if (value !== undefined && found !== undefined && isRepresentation(value, write.local, before)) {
    digitsOf(wire.notes).learn(found.text);
    return { kind: 'accepted', status, version, value };
  }
  const stamped =
    version === undefined || request.body !== undefined ? undefined : codec.withVersion?.(write.local, version);
  // A PUT that names a new version was kept as it was sent (RFC 9110 9.3.4). Of a PATCH nothing is said.
  const isKept = sent.method === 'PUT' && version !== undefined && !isDenied(codec, value, write.local);
  return { kind: 'accepted', status, version, value: stamped, isAssumed: !isKept };
}

/** Whether what answered a PUT shows that something else is kept than what was sent. */
function isDenied(codec: VersionCodec, shown: JsonValue | undefined, local: JsonValue): boolean {
  return shown !== undefined && contradicts(withoutVersion(codec, shown), withoutVersion(codec, local));
}

/**
 * Whether a 2xx shows the very state that was to be changed, under the very version. Servers that do not know the type of a patch see
 * no body, change nothing and say so. What the server keeps in another form (trimmed) may come to what was there before. Who made the
 * body sees the answer.
 */
function isIgnored(
  { codec, ownForm }: Wire,
  { base, local }: Extract<PortWrite, { kind: 'update' }>,
  shown: State,
): boolean {
  const [before, now, wanted] = [base, shown, { value: local }].map(({ value }) => withoutVersion(codec, value));
  return (
    ownForm === undefined &&
    base.version !== undefined &&
    codec.isCoarse !== true &&
    isSameVersion(codec, base.version, shown.version) &&
    deepEqual(now ?? null, before ?? null) &&
    !isFormOf(now, wanted ?? null)
  );
}

/** Whether the patch itself is in the document: the server took its operations for members, as of a merge patch. */
function holdsPatch(value: JsonValue, [first]: Patch): boolean {
  const found = childOf(value, '0');
  return (
    first !== undefined &&
    found !== undefined &&
    ['op', 'path'].every((name) => childOf(found, name) === Reflect.get(first, name))
  );
}

/** What the server did to the document is made good by the whole of it, on the version that it made. */
async function repair(wire: Wire, write: PortWrite, waiting: Waiting): Promise<WriteAnswer> {
  const forms = formsOf(wire);
  let isOther = forms.next(true);
  while (isOther && forms.current !== 'put') isOther = forms.next(true);
  if (isOther && (write.kind === 'create' || write.base.version !== undefined))
    return writeResource(wire, write, waiting);
  const what = `${wire.shown} took a JSON Patch for a merge patch: its operations are in the document now. Give another \`write\`.`;
  return { kind: 'unknown', error: new UnreadableResponseError(what, { url: wire.shown }) };
}

/** The latest state out of a refusal, where this API is known to put it there. */
function trusted(wire: Wire, answer: ServerAnswer): State | undefined {
  const found = wire.request.conflictBody?.(answer);
  if (found === undefined) return undefined;
  const { body, version } = found;
  assertJson(body, `the latest state in the refusal of ${wire.shown}`);
  const value = wire.reader.open({ headers: answer.headers, text: undefined, body });
  return value === undefined ? undefined : { value, version };
}

/**
 * Sends a guarded write. It never leaves the origin: nobody else is to get the precondition, the keys or the body. Where
 * it is redirected to may leave out a precondition that travels in the query: that is put there again.
 */
function sendWrite(wire: Wire, write: ReadyWrite, { signal, edits }: Waiting): Promise<Came> {
  const { method, headers, body, precondition } = write;
  const { query = [] } = precondition ?? {};
  const request = body === undefined ? { method, headers, signal } : { method, headers, signal, body };
  return followRedirects(
    write.url,
    (url, redirect) =>
      askKy(wire.transport.write, withMissing(url, query), { ...request, redirect }, edits, precondition),
    undefined,
  );
}

/** The engine's port over HTTP. */
export function httpPort(wire: Wire): ResourcePort {
  const { request } = wire;
  return {
    read: (waiting): Promise<ReadAnswer> => readResource(wire, waiting, { cacheOf: cacheWords }),
    write: (write: PortWrite, waiting): Promise<WriteAnswer> => writeResource(wire, write, waiting),
    method: (write) => methodOf(wire, write),
    nextForm: (surely) => typeof request.write !== 'function' && formsOf(wire).next(surely),
  };
}

const ports = new WeakMap<Wire, ResourcePort>();

/** The same for the same way: edits that go by one port can travel together. */
export function portOf(wire: Wire): ResourcePort {
  const known = ports.get(wire);
  if (known !== undefined) return known;
  const port = httpPort(wire);
  ports.set(wire, port);
  return port;
}
