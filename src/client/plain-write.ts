import type { Input, KyInstance } from 'ky';
import type { JsonValue } from '../core/json.js';
import type { State } from '../engine/port.js';
import { MissingBaseError } from '../errors/usage-errors.js';
import { parseBody } from '../protocol/body.js';
import type { ClientCore } from './client-core.js';
import type { VerbOptions } from './client-options.js';
import { finalUrl } from './final-url.js';
import { findBase } from './find-base.js';
import { shownUrl } from './hide-secrets.js';
import type { Transport } from './http-port.js';
import type { Memory, Remembered } from './memory.js';
import { intentOf, understand } from './plain-body.js';
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

/** A plain write with its headers and body in hand. */
interface PlainRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string | undefined;
}

/** Options that are told by the request itself, and must not be told again by the transport. */
const TOLD = new Set(['base', 'body', 'json', 'headers', 'method', 'searchParams', 'prefix', 'baseUrl', 'signal']);

/**
 * A PUT, PATCH or DELETE that may be made conflict-safe: if what it was made from is known, it takes the road of an
 * edit. `undefined`: nothing is known, or the body is not understood, and it is to pass untouched.
 */
export async function plainWrite(
  door: PlainDoor,
  method: string,
  input: Input,
  options: VerbOptions,
): Promise<Response | undefined> {
  const { core, memory } = door;
  const url = finalUrl(input, { ...core.kyOptions, ...options });
  core.assertOpen(url);
  const policy = core.plainPolicy(url);
  const { codec, requireVersion } = policy.engine;
  const { base: explicit, signal } = options;
  await door.remembering(url.href);
  const request = await requestOf(method, url, input, options);
  // Envelopes and formats of one's own say how a handle's value becomes a body, and nothing of a body the caller made.
  const opaque = policy.request.body !== undefined || typeof policy.request.write === 'function';
  const deleting = method === 'DELETE';
  const body = request.text === undefined ? undefined : understand(method, request.headers.get('content-type'), request.text);
  const based = findBase(memory, url, codec, explicit, request.headers.get('if-match'));
  if (based.kind === 'none' || !codec.versioned || (!deleting && (body === undefined || opaque))) {
    if (!requireVersion || request.headers.has('if-match')) return undefined;
    const shown = shownUrl(url);
    throw new MissingBaseError(
      `${method} ${shown} has no known version to be conditional on, and requireVersion forbids sending it unguarded. Read it with this client first, pass \`base\`, or use client.resource().`,
      { url: shown },
    );
  }
  const base: State =
    based.kind === 'snapshot' ? based.snapshot : { value: valueOf(based.entry), version: based.entry.version };
  const id = randomId();
  const lane = core.laneOf(url, policy);
  let landed: { readonly response: Response; readonly text: string } | undefined;
  const port = core.portFor(url, withHeaders(policy, request.headers), new WriteForms(body?.form ?? 'put', true), {
    transport: transportFor(core, options),
    onAccepted: (response, text) => {
      landed = { response, text };
    },
  });
  const emit = core.emitterFor(lane.url, id);
  const shared = { id, port, policy: policy.engine, signal: signal ?? undefined, emit };
  if (deleting || body === undefined) {
    await lane.remove({ ...shared, base, onStale: 'error' });
    memory.forget(url.href);
    return answerOf(landed, undefined, codec);
  }
  const intent = intentOf(body, base.value, policy.engine.merge);
  assertWritable(intent.patch, policy.engine.readonly, lane.url);
  const result = await lane.submit({
    ...shared,
    ...intent,
    creating: false,
    replay: undefined,
    url: lane.url,
    baseVersion: base.version,
    movesBefore: lane.shelf.moves,
    combinable: false,
    clock: core.clock,
  });
  const response = answerOf(landed, result, codec);
  memory.forget(url.href);
  if (result.version !== undefined) {
    const text = JSON.stringify(result.value);
    memory.add({ url: url.href, version: result.version, text, headers: response.headers }, undefined);
  }
  return response;
}

async function requestOf(method: string, url: URL, input: Input, options: VerbOptions): Promise<PlainRequest> {
  const headers = new Headers(input instanceof Request ? input.headers : undefined);
  for (const [name, value] of headersOf(options)) headers.set(name, value);
  const { json, body, stringifyJson } = options;
  if (json !== undefined) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return { method, url, headers, text: stringifyJson?.(json) ?? JSON.stringify(json) };
  }
  if (typeof body === 'string') return { method, url, headers, text: body };
  if (body === undefined && input instanceof Request && input.body !== null) {
    return { method, url, headers, text: await input.clone().text() };
  }
  return { method, url, headers, text: undefined };
}

function headersOf({ headers }: VerbOptions): Headers {
  if (headers === undefined || headers instanceof Headers || Array.isArray(headers)) return new Headers(headers);
  return new Headers(
    Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  );
}

/** The caller's headers go with every attempt, but those that the loop sets anew each time. */
function withHeaders(policy: ResourcePolicy, own: Headers): ResourcePolicy {
  const headers = new Headers(policy.request.headers);
  for (const [name, value] of own) {
    if (name !== 'if-match' && name !== 'content-type' && name !== 'content-length') headers.set(name, value);
  }
  return { ...policy, request: { ...policy.request, headers, write: 'put' } };
}

function transportFor(core: ClientCore, options: VerbOptions): Transport {
  const rest = Object.fromEntries(Object.entries(options).filter(([name]) => !TOLD.has(name)));
  if (Object.keys(rest).length === 0) return core.transport;
  const { read, write, maxBodyBytes } = core.transport;
  const extend = (instance: KyInstance): KyInstance => instance.extend({ ...rest, throwHttpErrors: true });
  return { read: extend(read), write: extend(write), maxBodyBytes };
}

function valueOf({ text }: Remembered): JsonValue {
  const parsed = parseBody(text);
  // Only what parsed is ever remembered.
  return parsed.json ? parsed.value : null;
}
