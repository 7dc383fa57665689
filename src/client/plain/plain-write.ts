import type { Input } from 'ky';
import { isHTTPError } from 'ky';
import { deepEqual } from '../../core/deep-equal.js';
import { getAt } from '../../core/pointer.js';
import type { State } from '../../engine/port.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { parseBody } from '../../protocol/body.js';
import { jsonText } from '../../protocol/json-text.js';
import { shownUrl } from '../../protocol/shown.js';
import { stringifyWith } from '../../protocol/splice.js';
import type { VerbOptions } from '../options/client-options.js';
import { mergedByKy } from '../options/merged-by-ky.js';
import { ReadNotes } from '../read/read-notes.js';
import { plainHeaders } from '../resource/identity-key.js';
import { digitsOf } from '../write/learnt.js';
import { deleteFrom, submitTo } from '../write/submit.js';
import type { Base } from './base/find-base.js';
import { findBase } from './base/find-base.js';
import type { Target } from './base/memory.js';
import type { PlainDoor } from './passes-at-once.js';
import { tellUnguarded } from './passes-at-once.js';
import type { PlainBody } from './plain-body.js';
import { intentOf, understand } from './plain-body.js';
import { askedBy, carriedBy, headersOf, textOf } from './plain-request.js';
import type { PlainCall } from './plain-way.js';
import { plainWay } from './plain-way.js';
import { answerOf, refusalIn } from './synthetic-response.js';

/** A call of a plain verb, and what it names. */
export interface PlainVerb {
  readonly method: string;
  readonly input: Input;
  readonly url: URL;
  /** Sends it as ky would, with these headers on top. */
  readonly pass: (guard?: Record<string, string>) => Promise<Response>;
}

/**
 * A PUT, PATCH or DELETE, made conflict-safe: if what it was made from is known, it takes the road of an edit; if only its
 * body is not understood, it is conditional and never rebased. Where nothing is known, it passes untouched.
 *
 * @throws MissingBaseError where it may not pass unguarded, or several snapshots could be its base.
 */
export async function plainWrite(
  door: PlainDoor,
  { method, input, url, pass }: PlainVerb,
  { base: explicit, ...own }: VerbOptions,
): Promise<Response> {
  const { core, memory } = door;
  const given =
    input instanceof Request
      ? { ...carriedBy(input), ...own, headers: { ...plainHeaders(input.headers), ...plainHeaders(own.headers) } }
      : own;
  const policy = core.plainPolicy(url);
  const { codec, requireVersion } = policy.engine;
  const signal = core.signalOf(own.signal, input instanceof Request ? input.signal : undefined);
  const ownHeaders = headersOf(input, given);
  const target: Target = { url, asked: askedBy(core, url, input, given) };
  // Its caller has said what it is conditional on: that nothing is there.
  if (ownHeaders.has('if-none-match')) return pass();
  await door.remembering(url, signal);
  const isKnown = codec.versioned && (explicit !== undefined || memory.of(target).length > 0);
  const merged = isKnown ? mergedByKy(core.kyOptions, given) : given;
  const headers = headersOf(input, merged);
  const text = isKnown ? await textOf(input, merged, headers) : undefined;
  // Envelopes and formats of one's own say how a handle's value becomes a body, and nothing of a body the caller made.
  const opaque = policy.request.body !== undefined || typeof policy.request.write === 'function';
  const body =
    text === undefined || opaque || method === 'DELETE'
      ? undefined
      : understand(method, headers.get('content-type'), text);
  const ifMatch = headers.get('if-match');
  const found = isKnown ? findBase(memory, { target, codec, explicit, ifMatch, body }) : undefined;
  if (found === undefined) {
    if (requireVersion && ifMatch === null) throw unguarded(method, url);
    tellUnguarded(core, url, method, ownHeaders);
    return pass();
  }
  const isDelete = method === 'DELETE';
  if (body === undefined && !isDelete)
    return sendConditionally(door, target, { method, text, version: found.version, pass });
  const call: PlainCall = {
    target,
    readWith: found.asked,
    pass,
    policy,
    headers: ownHeaders,
    given,
    asked: merged,
    signal,
    method,
    form: body?.form ?? 'put',
    text,
    body: text ?? merged.body ?? undefined,
    conditional: found.version !== undefined || explicit === undefined || requireVersion,
  };
  try {
    return await (body === undefined || isDelete ? remove(door, call, found) : edit(door, call, found, body));
  } catch (error) {
    return refusalIn(error, merged.throwHttpErrors);
  }
}

/** A write that cannot be read as an edit, and so never be rebased: as its caller made it, and refused where it is stale. */
async function sendConditionally(
  { core, memory }: PlainDoor,
  target: Target,
  write: Pick<PlainVerb, 'method' | 'pass'> & {
    readonly text: string | undefined;
    readonly version: string | undefined;
  },
): Promise<Response> {
  const { url } = target;
  const { codec } = core.plainPolicy(url).engine;
  const guard = write.version === undefined ? undefined : codec.guard(write.version);
  if (guard?.in === 'header') {
    const { name, value } = guard;
    try {
      const response = await write.pass({ [name]: value });
      if (response.ok) memory.forget(target);
      else if (STALE.has(response.status)) memory.doubt(target);
      return response;
    } catch (error) {
      if (isHTTPError(error) && STALE.has(error.response.status)) memory.doubt(target);
      throw error;
    }
  }
  const parsed = parseBody(write.text ?? '');
  // It names a version itself, where this API wants it.
  if (guard?.in === 'body' && parsed.json && guard.places.every(({ tokens }) => getAt(parsed.value, tokens).present)) {
    return write.pass();
  }
  const shown = shownUrl(url);
  throw new MissingBaseError(
    `The body of this ${write.method} ${shown} is neither JSON to be PUT nor a patch that can be read, and the version, ${codec.source}, cannot go beside it. Name the version in it, or declare the resource unversioned().`,
    { url: shown },
  );
}

const STALE = new Set([409, 412]);

async function edit(door: PlainDoor, call: PlainCall, base: Base, body: PlainBody): Promise<Response> {
  const { core, memory } = door;
  const { target, policy } = call;
  const { url, asked } = target;
  const intent = intentOf(body, base.value, policy.engine.merge);
  const notes = new ReadNotes();
  const digits = digitsOf(notes);
  digits.learn(base.text ?? '');
  digits.learnOwn(call.text ?? '');
  // What changed is in digits that JavaScript does not see: only the caller's own text says it.
  if (intent.patch.length === 0 && digits.hasOwn) {
    return sendConditionally(door, target, { ...call, version: base.version });
  }
  const { known, landed, id, port, signal, emit } = plainWay(core, call, notes, intent);
  const { resource } = known;
  const { patch, local, isDerived = false } = intent;
  // Named one by one: spreading them takes longer than the rest of this function.
  const result = await submitTo(core, known, url, {
    id,
    kind: 'update',
    port,
    policy: policy.engine,
    signal,
    emit,
    base: intent.base,
    patch,
    local,
    isDerived,
    replay: undefined,
    baseVersion: base.version,
    movesBefore: resource.moves,
    combinable: false,
  });
  const { value, version } = result;
  const written = stringifyWith(value, [], digits);
  const valueText = 'text' in written ? written.text : jsonText(value);
  const answer = answerOf(landed(), { version, text: valueText }, policy.engine.codec);
  memory.forget(target);
  if (version !== undefined) {
    const { headers } = answer;
    const own = deepEqual(value, intent.local) ? undefined : jsonText(intent.local);
    memory.add({ url: url.href, version, text: valueText, headers, asked, written: { answer, own } }, answer);
  }
  return answer;
}

async function remove(door: PlainDoor, call: PlainCall, base: State): Promise<Response> {
  const { known, landed, ...way } = plainWay(door.core, call, new ReadNotes(), undefined);
  await deleteFrom(door.core, known, call.target.url, { ...way, base, onStale: 'error' });
  door.memory.forget(call.target);
  return answerOf(landed(), undefined, call.policy.engine.codec);
}

function unguarded(method: string, url: URL): MissingBaseError {
  const shown = shownUrl(url);
  return new MissingBaseError(
    `${method} ${shown} has no known version to be conditional on, and requireVersion forbids sending it unguarded. Read it with this client first, pass \`base\`, or use client.resource().`,
    { url: shown },
  );
}
