import type { BeforeErrorHook, Input, KyInstance, Options as KyOptions, ResponsePromise } from 'ky';
import ky from 'ky';
import type { JsonValue } from '../../core/json.js';
import type { ParsedBody } from '../../protocol/body/body.js';
import { parseBody } from '../../protocol/body/body.js';
import { shownUrl } from '../../protocol/shown.js';
import { writeCode } from '../chunks.js';
import type { ClientCore } from '../client-core.js';
import { hideSecrets } from '../http/ask-ky.js';
import { NOT_WHOLE } from '../http/read-body.js';
import type { VerbOptions } from '../options/client-options.js';
import type { ResourcePolicy } from '../options/resource-policy.js';
import { randomId } from '../platform.js';
import type { PlainHeaders } from '../resource/identity-key.js';
import { plainHeaders } from '../resource/identity-key.js';
import type { Memory, Target } from './memory.js';

/** What a plain verb stands on. */
export interface PlainDoor {
  readonly core: ClientCore;
  readonly memory: Memory;
  /** Waits for answers that are still being remembered. */
  readonly remembering: (url: URL, signal: AbortSignal | undefined) => Promise<void>;
}

/** A call of a plain verb, and what it names. */
export interface PlainVerb {
  readonly method: string;
  readonly input: Input;
  readonly url: URL;
  /** Sends it as ky would, with these headers on top. */
  readonly pass: (guard?: Record<string, string>) => Promise<Response>;
}

/** Whether nothing is known that a write could be conditional on, told without waiting: then it passes as it is, and as fast. */
export function passesAtOnce({ core, memory }: PlainDoor, url: URL, input: Input, options: VerbOptions): boolean {
  if (options.base !== undefined || input instanceof Request) return false;
  return !memory.knows(url) && !core.plainPolicy(url).engine.requireVersion;
}

export const GUARDED: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** Preconditions of RFC 9110 13.1: who sends one knows what the write depends on. */
const PRECONDITIONS = ['if-match', 'if-none-match', 'if-unmodified-since'];

/** Tells of a write that goes out without a precondition. @param headers Those that its caller gives it. */
export function tellUnguarded(
  { core, memory }: PlainDoor,
  url: URL,
  method: string,
  headers: VerbOptions['headers'],
): void {
  if (!core.emitter.isHeard) return;
  const asked = askedBy(core, url, plainHeaders(headers));
  if (PRECONDITIONS.some((name) => asked[name] !== undefined)) return;
  const { versioned } = core.plainPolicy(url).engine.codec;
  const reason = versioned ? memory.whyUnknown({ url, asked }) : 'unversioned';
  core.emitterFor(url, randomId())({ type: 'unguarded', method: method.toUpperCase(), reason });
}

const hidingSecrets: BeforeErrorHook = ({ error }) => hideSecrets(error);

/** ky as it is, for what passes untouched, but for errors that show secrets when printed; a resource's headers lie over the client's and under the call's. */
export function untouchedOf(core: ClientCore): (url: URL) => KyInstance {
  const { hooks } = core.kyOptions;
  const beforeError = [hidingSecrets, ...(hooks?.beforeError ?? [])];
  const plain = ky.create({ ...core.kyOptions, hooks: { ...hooks, beforeError } });
  const instances = new WeakMap<ResourcePolicy, KyInstance>();
  return (url) => {
    const policy = core.plainPolicy(url);
    const known = instances.get(policy);
    if (known !== undefined) return known;
    const { headers } = policy.request;
    const made = Object.keys(headers).length === 0 ? plain : plain.extend({ headers });
    instances.set(policy, made);
    return made;
  };
}

/** A plain write that may be made conditional, as soon as the write chunk is there. @throws ChunkError */
export function guardedWrite(door: PlainDoor, verb: PlainVerb, options: VerbOptions): Promise<Response> {
  const { core } = door;
  const { url, input } = verb;
  return core.during(url, options, async () => {
    const own = input instanceof Request ? input.signal : undefined;
    const signal = core.signalOf(options.signal, own, core.unkept);
    const { deadline } = core.plainPolicy(url).engine.retry;
    const code = await writeCode(core.chunks, core.clock, { url: shownUrl(url), deadline, signal });
    return code.plainWrite(door, verb, options);
  });
}

/** The headers ky would send for these arguments, the one of a JSON body included. */
export function headersOf(input: Input, { headers: given, json }: VerbOptions): PlainHeaders {
  const own = plainHeaders(given);
  const headers = input instanceof Request ? { ...plainHeaders(input.headers), ...own } : own;
  return json === undefined ? headers : { ...headers, 'content-type': headers['content-type'] ?? 'application/json' };
}

/** Headers that a call goes with, as far as they are known before it is sent. @param own The call's. */
export function askedBy(core: ClientCore, url: URL, own: PlainHeaders): PlainHeaders {
  return { ...core.headers, ...core.plainPolicy(url).request.headers, ...own };
}

/** Whether a Content-Type names JSON: `application/json`, `text/json`, or anything that ends in `+json` (RFC 6839 3.1). */
export function isJsonType(contentType: string | null | undefined): boolean {
  return /[/+]json$/.test(mediaType(contentType));
}

/** The type itself, in small letters and without parameters. */
export function mediaType(contentType: string | null | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

type ParseJson = NonNullable<KyOptions['parseJson']>;

/** ky parses a GET's `.json()` with this: what it handed out is remembered with its version. */
export function rememberingParser(door: PlainDoor, target: Target, own: KyOptions['parseJson']): ParseJson {
  return (text, context) => {
    const value: unknown = own === undefined ? JSON.parse(text) : own(text, context);
    // Parsed once where that is what was handed out.
    const parsed = own === undefined ? { json: true as const, value: value as JsonValue } : parseBody(text);
    remember(door, target, context.response, text, parsed, value);
    return value;
  };
}

/** Remembers an answer, if it is the resource and names a version. */
export function remember(
  { core, memory }: PlainDoor,
  { url, asked }: Target,
  { status, headers }: Response,
  text: string,
  parsed: ParsedBody,
  handedOut?: unknown,
): void {
  const { codec } = core.plainPolicy(url).engine;
  if (!parsed.json) return;
  const version = codec.read({ headers, text, body: parsed.value });
  if (version === undefined) return memory.addVersionless(url);
  memory.add({ url: url.href, version, text, headers, asked }, handedOut);
  // A write cannot be made from a part.
  if (NOT_WHOLE.has(status)) memory.doubt({ url, asked });
}

type Schema = Parameters<ResponsePromise['json']>[0];

const BODIES = ['text', 'arrayBuffer', 'blob', 'formData', 'bytes'] as const;

/** Makes ky's ResponsePromise of the promised answer to a guarded write, so that its `.json(schema)`, `.text()` and the others are there. */
export function responsePromise<T>(
  { core, memory }: { readonly core: Pick<ClientCore, 'chunks'>; readonly memory: Memory },
  promised: Promise<Response>,
  parseJson: KyOptions['parseJson'],
): ResponsePromise<T> {
  const bodies = BODIES.map((as) => [as, async () => (await promised)[as]()]);
  const json = async (schema?: Schema): Promise<unknown> => {
    const response = await promised;
    // What made the write is there.
    const { jsonOf } = await core.chunks.write.load();
    return jsonOf(memory, response, schema, parseJson);
  };
  return Object.assign(promised, Object.fromEntries(bodies), { json });
}
