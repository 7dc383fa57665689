import type { Input } from 'ky';
import { deepEqual } from '../../core/deep-equal.js';
import type { State } from '../../engine/port.js';
import { assertWritable } from '../../engine/read-only.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { jsonText } from '../../protocol/json-text.js';
import { shownUrl } from '../../protocol/shown.js';
import type { ClientCore } from '../client-core.js';
import type { VerbOptions } from '../options/client-options.js';
import { mergedByKy } from '../options/merged-by-ky.js';
import { WriteForms } from '../write/write-forms.js';
import { findBase } from './find-base.js';
import type { Memory } from './memory.js';
import type { PlainBody } from './plain-body.js';
import { intentOf, understand } from './plain-body.js';
import { carriedBy, headersOf, textOf } from './plain-request.js';
import type { PlainCall } from './plain-way.js';
import { plainWay } from './plain-way.js';
import { answerOf, refusalIn } from './synthetic-response.js';

/** What a plain verb stands on. */
export interface PlainDoor {
  readonly core: ClientCore;
  readonly memory: Memory;
  /** Waits for answers that are still being remembered. */
  readonly remembering: (url: string, signal: AbortSignal | undefined) => Promise<void>;
}

/** A call of a plain verb, and what it names. */
export interface PlainVerb {
  readonly method: string;
  readonly input: Input;
  readonly url: URL;
}

/** Whether nothing is known that a write could be conditional on, told without waiting: then it passes as it is, and as fast. */
export function passesAtOnce({ core, memory }: PlainDoor, url: URL, input: Input, options: VerbOptions): boolean {
  if (options.base !== undefined || input instanceof Request) return false;
  return !memory.knows(url.href) && !core.plainPolicy(url).engine.requireVersion;
}

/**
 * A PUT, PATCH or DELETE that may be made conflict-safe: if what it was made from is known, it takes the road of an
 * edit. `undefined`: nothing is known, or the body is not understood, and it is to pass untouched.
 *
 * @throws MissingBaseError where it may not pass unguarded, or several snapshots could be its base.
 */
export async function plainWrite(
  door: PlainDoor,
  verb: PlainVerb,
  options: VerbOptions,
): Promise<Response | undefined> {
  return door.core.during(verb.url, () => guardedWrite(door, verb, options));
}

async function guardedWrite(
  door: PlainDoor,
  { method, input, url }: PlainVerb,
  { base, ...own }: VerbOptions,
): Promise<Response | undefined> {
  const { core, memory } = door;
  const given = input instanceof Request ? { ...carriedBy(input), ...own } : own;
  const asked = mergedByKy(core.kyOptions, given);
  const policy = core.plainPolicy(url);
  const signal = core.signalOf(own.signal, input instanceof Request ? input.signal : undefined);
  const headers = headersOf(input, asked);
  // Its caller has said what it is conditional on: that nothing is there.
  if (headers.has('if-none-match')) return undefined;
  await door.remembering(url.href, signal);
  const found = findBase(memory, url, policy.engine.codec, base, headers.get('if-match'));
  const text = found === undefined ? undefined : await textOf(input, asked, headers);
  const body = text === undefined ? undefined : understand(method, headers.get('content-type'), text);
  // Envelopes and formats of one's own say how a handle's value becomes a body, and nothing of a body the caller made.
  const opaque = policy.request.body !== undefined || typeof policy.request.write === 'function';
  const readable = method === 'DELETE' || (body !== undefined && !opaque);
  if (found === undefined || !readable || !policy.engine.codec.versioned) {
    if (policy.engine.requireVersion && !headers.has('if-match')) throw unguarded(method, url);
    return undefined;
  }
  const ownHeaders = asked === given ? headers : headersOf(input, given);
  const call: PlainCall = {
    url,
    policy,
    headers: ownHeaders,
    given,
    asked,
    signal,
    body: text ?? asked.body ?? undefined,
    conditional: found.version !== undefined || base === undefined || policy.engine.requireVersion,
  };
  try {
    return await (body === undefined || method === 'DELETE'
      ? remove(door, call, found)
      : edit(door, call, found, body));
  } catch (error) {
    return refusalIn(error, asked.throwHttpErrors);
  }
}

async function edit(door: PlainDoor, call: PlainCall, base: State, body: PlainBody): Promise<Response> {
  const { core, memory } = door;
  const { url, policy } = call;
  const intent = intentOf(body, base.value, policy.engine.merge);
  const { lane, landed, id, port, signal, emit } = plainWay(core, call, new WriteForms(body.form, true), intent);
  const { patch, local, isDerived = false } = intent;
  assertWritable(intent, policy.engine.readonly, lane.url);
  // Named one by one: spreading them takes longer than the rest of this function.
  const result = await lane.submit({
    id,
    port,
    policy: policy.engine,
    signal,
    emit,
    base: intent.base,
    patch,
    local,
    isDerived,
    creating: false,
    replay: undefined,
    url: lane.url,
    baseVersion: base.version,
    movesBefore: lane.shelf.moves,
    combinable: false,
    clock: core.clock,
  });
  const answer = answerOf(landed(), result, policy.engine.codec);
  memory.forget(url.href);
  const { value, version } = result;
  if (version !== undefined) {
    const { headers } = answer;
    const own = deepEqual(value, intent.local) ? undefined : jsonText(intent.local);
    memory.add({ url: url.href, version, text: jsonText(value), headers, written: { answer, own } }, answer);
  }
  return answer;
}

async function remove(door: PlainDoor, call: PlainCall, base: State): Promise<Response> {
  const { lane, landed, ...way } = plainWay(door.core, call, new WriteForms('put', true), undefined);
  await lane.remove({ ...way, base, onStale: 'error' });
  door.memory.forget(call.url.href);
  return answerOf(landed(), undefined, call.policy.engine.codec);
}

function unguarded(method: string, url: URL): MissingBaseError {
  const shown = shownUrl(url);
  return new MissingBaseError(
    `${method} ${shown} has no known version to be conditional on, and requireVersion forbids sending it unguarded. Read it with this client first, pass \`base\`, or use client.resource().`,
    { url: shown },
  );
}
