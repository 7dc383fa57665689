import type { ResourceOptions, WriteRequest } from '../../src/contract/resource-options.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import type { ServerAnswer, Verdict } from '../../src/protocol/answer.js';
import { parseBody } from '../../src/protocol/body/body.js';
import { buildDelete, buildWrite } from '../../src/protocol/body/write-form.js';
import { classify } from '../../src/protocol/verdict/verdict.js';
import { etag } from '../../src/protocol/versions/etag.js';
import type { VersionCodec } from '../../src/protocol/versions/version-scheme.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';

/** An answer as it goes over the wire. */
export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it goes over the wire: the headers named here are in it, and no other guard is. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * What goes back and forth with an API, by its public documentation. None of these was recorded from a running service: servers that run in tests are asked in
 * `test/servers`.
 */
export interface Transcript {
  readonly name: string;
  /** The documentation it was written from, by title. */
  readonly source: string;
  readonly options: ResourceOptions<JsonValue>;
  readonly url: string;
  readonly read: Said;
  /** What a read makes of it. */
  readonly value: JsonValue;
  readonly version: string;
  readonly edit: { readonly local: JsonValue; readonly patch: Patch };
  readonly update: Sent;
  readonly create: Sent | 'unsupported';
  readonly remove: Sent | 'unsupported';
  /** The answer to the update, and what it tells: of the version and of the value. */
  readonly accepted: Said & { readonly version: string | undefined; readonly tellsValue: boolean };
  readonly refusals: readonly (Said & {
    readonly what: string;
    readonly verdict: Verdict;
    readonly sent?: 'create' | 'unguarded';
  })[];
}

const codecFor = ({ options }: Transcript): VersionCodec => codecOf(options.version ?? etag());

/** What reading this answer gives, by the preset's envelope and scheme. */
export function readBy(transcript: Transcript, said: Said): { value: unknown; version: string | undefined } {
  const headers = new Headers(said.headers);
  const text = said.body;
  const parsed = text === undefined ? undefined : parseBody(text);
  const body = parsed?.json ? parsed.value : undefined;
  const value = transcript.options.body === undefined ? body : transcript.options.body.read(body, headers);
  return { value, version: codecFor(transcript).read({ headers, text, body }) };
}

/** The request of a write, as the client makes it of a preset. Headers that every request carries are included. */
export function writeBy(transcript: Transcript, kind: 'update' | 'create' | 'delete'): Sent {
  const { options, url, value, edit } = transcript;
  const codec = codecFor(transcript);
  const version = kind === 'create' ? undefined : transcript.version;
  const guard = version === undefined ? codec.guardCreate() : codec.guard(version);
  const base = kind === 'create' ? undefined : value;
  const patch = kind === 'update' ? edit.patch : [];
  const always = [...new Headers(options.headers)];
  if (typeof options.write === 'function') {
    const local = kind === 'delete' ? undefined : edit.local;
    const request = options.write({ kind, url, base, local, patch, version });
    return sent(always, request, url);
  }
  const parts =
    kind === 'delete'
      ? buildDelete(guard)
      : buildWrite({
          form: options.write ?? 'json-patch',
          base,
          local: edit.local,
          patch,
          guard,
          wrap: (inner) => (options.body === undefined ? inner : options.body.write(inner, version)),
        });
  if ('impossible' in parts) throw new Error(parts.impossible);
  const target = new URL(url);
  for (const [name, text] of parts.query) target.searchParams.append(name, text);
  const { method, headers, body } = parts;
  return sent(
    always,
    { method, headers: Object.fromEntries(headers), ...(body === undefined ? {} : { body }) },
    target.href,
  );
}

function sent(always: readonly (readonly [string, string])[], request: WriteRequest, url: string): Sent {
  const headers = Object.fromEntries([...always, ...new Headers(request.headers)]);
  if (request.body !== undefined && typeof request.body !== 'string')
    throw new Error('A transcript has bodies as text.');
  return {
    method: request.method,
    url: new URL(request.url ?? url, url).href,
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

/** The verdict on a refusal, as the engine asks for it. */
export function verdictBy(transcript: Transcript, refusal: Transcript['refusals'][number]): Verdict {
  const parsed = parseBody(refusal.body ?? '');
  const body = parsed.json ? parsed.value : refusal.body;
  const version = refusal.sent === undefined ? transcript.version : undefined;
  const answer: ServerAnswer = {
    status: refusal.status ?? 409,
    headers: new Headers(refusal.headers),
    body,
    sent: { method: 'PUT', url: transcript.url, version, create: refusal.sent === 'create' },
  };
  return classify(answer, transcript.options.classify);
}
