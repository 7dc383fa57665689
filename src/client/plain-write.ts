import type { Input, KyInstance } from 'ky';
import type { EditResult } from '../contract/snapshot.js';
import type { Lane } from '../engine/lane.js';
import type { State } from '../engine/port.js';
import { MissingBaseError } from '../errors/usage-errors.js';
import type { ClientCore } from './client-core.js';
import type { VerbOptions } from './client-options.js';
import { finalUrl } from './final-url.js';
import { findBase } from './find-base.js';
import { shownUrl } from './hide-secrets.js';
import type { Transport } from './http-port.js';
import type { Memory } from './memory.js';
import { mergedByKy } from './merged-by-ky.js';
import type { PlainBody } from './plain-body.js';
import { intentOf, understand } from './plain-body.js';
import { headersOf, textOf } from './plain-request.js';
import { randomId } from './random-id.js';
import { assertWritable } from './read-only.js';
import type { ResourcePolicy } from './resource-policy.js';
import { answerOf } from './synthetic-response.js';
import { WriteForms } from './write-forms.js';

/** What a plain verb stands on. */
export interface PlainDoor {
  readonly core: ClientCore;
  readonly memory: Memory;
  /** Waits for answers that are still being remembered. */
  readonly remembering: (url: string) => Promise<void>;
}

/** A plain write that is known to be made from `base`. */
interface BasedWrite {
  readonly url: URL;
  readonly policy: ResourcePolicy;
  readonly base: State;
  /** The call's own; the client's come with the transport. */
  readonly headers: Headers;
  readonly options: VerbOptions;
}

/** Options that are told by the request itself, and must not be told again by the transport. */
const TOLD = new Set(['base', 'body', 'json', 'headers', 'method', 'searchParams', 'prefix', 'baseUrl', 'signal']);
/** Headers that the loop sets anew for each attempt. */
const SET_ANEW = new Set(['if-match', 'content-type', 'content-length']);

/** Whether nothing is known that a write could be conditional on, told without waiting: then it passes as it is, and as fast. */
export function passesAtOnce({ core, memory }: PlainDoor, input: Input, options: VerbOptions): boolean {
  if (core.closed || options.base !== undefined || input instanceof Request) return false;
  const url = core.addressOf(input, options);
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
  method: string,
  input: Input,
  options: VerbOptions,
): Promise<Response | undefined> {
  const { core, memory } = door;
  const { base, ...given } = options;
  const asked = mergedByKy(core.kyOptions, given);
  const url = finalUrl(input, asked);
  core.assertOpen(url);
  const policy = core.plainPolicy(url);
  await door.remembering(url.href);
  const headers = headersOf(input, asked);
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
  const write: BasedWrite = { url, policy, base: found, headers: headersOf(input, given), options };
  return body === undefined || method === 'DELETE' ? remove(door, write) : edit(door, write, body);
}

async function edit(door: PlainDoor, write: BasedWrite, body: PlainBody): Promise<Response> {
  const { core, memory } = door;
  const { url, policy, base } = write;
  const { lane, landed, ...way } = wayOf(core, write, body.form);
  const intent = intentOf(body, base.value, policy.engine.merge);
  assertWritable(intent, policy.engine.readonly, lane.url);
  const result = await lane.submit({
    ...way,
    ...intent,
    creating: false,
    replay: undefined,
    url: lane.url,
    baseVersion: base.version,
    movesBefore: lane.shelf.moves,
    combinable: false,
    clock: core.clock,
  });
  const response = answerOf(landed(), result, policy.engine.codec);
  memory.forget(url.href);
  remember(memory, url, result, response.headers);
  return response;
}

/** What was written is what the next write is made from, unless the caller says otherwise. */
function remember(memory: Memory, url: URL, { value, version }: EditResult, headers: Headers): void {
  if (version === undefined) return;
  memory.add({ url: url.href, version, text: JSON.stringify(value), headers }, undefined);
}

async function remove(door: PlainDoor, write: BasedWrite): Promise<Response> {
  const { lane, landed, ...way } = wayOf(door.core, write, 'put');
  await lane.remove({ ...way, base: write.base, onStale: 'error' });
  door.memory.forget(write.url.href);
  return answerOf(landed(), undefined, write.policy.engine.codec);
}

/** The lane it takes, and a port of its own, because its headers, options and answer are nobody else's. */
function wayOf(core: ClientCore, { url, policy, headers, options }: BasedWrite, form: WriteForms['current']) {
  const lane: Lane = core.laneOf(url, policy);
  const id = randomId();
  let landed: { readonly response: Response; readonly text: string } | undefined;
  const port = core.portFor(url, withHeaders(policy, headers), new WriteForms(form, true), {
    transport: transportFor(core, options),
    onAccepted: (response, text) => {
      landed = { response, text };
    },
  });
  const emit = core.emitterFor(lane.url, id);
  return { lane, id, port, policy: policy.engine, signal: options.signal ?? undefined, emit, landed: () => landed };
}

function withHeaders(policy: ResourcePolicy, own: Headers): ResourcePolicy {
  const headers = new Headers(policy.request.headers);
  for (const [name, value] of own) if (!SET_ANEW.has(name)) headers.set(name, value);
  return { ...policy, request: { ...policy.request, headers } };
}

function transportFor(core: ClientCore, options: VerbOptions): Transport {
  const rest = Object.fromEntries(Object.entries(options).filter(([name]) => !TOLD.has(name)));
  if (Object.keys(rest).length === 0) return core.transport;
  const { read, write, maxBodyBytes } = core.transport;
  const extend = (instance: KyInstance): KyInstance => instance.extend({ ...rest, throwHttpErrors: true });
  return { read: extend(read), write: extend(write), maxBodyBytes };
}

function unguarded(method: string, url: URL): MissingBaseError {
  const shown = shownUrl(url);
  return new MissingBaseError(
    `${method} ${shown} has no known version to be conditional on, and requireVersion forbids sending it unguarded. Read it with this client first, pass \`base\`, or use client.resource().`,
    { url: shown },
  );
}
