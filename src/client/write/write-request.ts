import type { WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { PortWrite } from '../../engine/port.js';
import type { WriteProblem } from '../../protocol/body/write-form.js';
import { buildDelete, buildWrite } from '../../protocol/body/write-form.js';
import type { Guard } from '../../protocol/versions/version-scheme.js';
import { withoutVersion } from '../../protocol/versions/version-scheme.js';
import type { Precondition } from '../http/ask-ky.js';
import type { Wire } from '../http/transport.js';
import { digitsOf, formsOf } from './write-forms.js';

/** A write, ready to be sent. */
export interface ReadyWrite {
  readonly method: string;
  readonly url: URL;
  /** By their names in small letters. Plain, because ky copies a Headers object three times over. */
  readonly headers: Record<string, string | undefined>;
  readonly body: BodyInit | undefined;
  /** What makes it conditional beside its body, and must not be lost on the way. */
  readonly precondition: Precondition | undefined;
}

/** The request of a write: the resource's form, guarded by its version, with the headers everybody asked for. */
export function writeRequest(wire: Wire, write: PortWrite): ReadyWrite | WriteProblem {
  const { codec, request } = wire;
  const version = write.kind === 'create' ? undefined : write.base.version;
  const guardOf = write.kind === 'delete' ? codec.guardDelete : codec.guard;
  const versionGuard = version === undefined ? undefined : guardOf(version);
  const guard = write.kind === 'create' ? codec.guardCreate() : versionGuard;
  const ready =
    typeof request.write === 'function'
      ? ownForm(wire, request.write(editOf(wire, write)), guard)
      : knownForm(wire, write, guard, version);
  if ('impossible' in ready) return ready;
  const { headers } = ready;
  for (const name of Object.keys(request.headers)) headers[name] ??= request.headers[name];
  const { idempotencyHeader } = request;
  if (idempotencyHeader !== undefined) {
    const key = keyOf(wire, write);
    headers[idempotencyHeader.toLowerCase()] ??= request.ownKey?.(write, key) ?? key;
  }
  return ready;
}

/** The same for identical bytes. A read may teach another form between two writes of one edit, and that makes other bytes. */
function keyOf(wire: Wire, { kind, key }: PortWrite): string {
  const { current } = formsOf(wire);
  return kind !== 'update' || typeof wire.request.write === 'function' || current === 'json-patch'
    ? key
    : `${key}-${current}`;
}

/** The method alone, for events. */
export function methodOf(wire: Wire, write: PortWrite): string {
  const { request } = wire;
  if (typeof request.write === 'function') return request.write(editOf(wire, write)).method;
  if (write.kind === 'delete') return 'DELETE';
  return write.kind === 'create' || formsOf(wire).current === 'put' ? 'PUT' : 'PATCH';
}

/** A create carries no version: an old one would be refused, or believed. In an envelope it is not in the value. */
function localOf({ codec, request }: Wire, write: Exclude<PortWrite, { kind: 'delete' }>): JsonValue {
  return write.kind === 'create' && request.body === undefined ? withoutVersion(codec, write.local) : write.local;
}

function knownForm(
  wire: Wire,
  write: PortWrite,
  guard: Guard | undefined,
  version: string | undefined,
): ReadyWrite | WriteProblem {
  const { body: envelope } = wire.request;
  const form = formsOf(wire).current;
  const digits = digitsOf(wire.notes);
  const text = write.kind === 'delete' ? undefined : ownText(wire, write, guard);
  const literals = form === 'json-patch' ? digits.inPatch : digits;
  const wrap = (value: JsonValue): unknown => (envelope === undefined ? value : envelope.write(value, version));
  const parts =
    write.kind === 'delete'
      ? buildDelete(guard)
      : buildWrite({
          form,
          base: write.kind === 'update' ? write.base.value : undefined,
          local: localOf(wire, write),
          patch: write.kind === 'update' ? write.patch : [],
          guard,
          wrap,
          // A text of the caller's own has all its digits, and it need not be told which is which.
          literals: text === undefined ? literals : undefined,
        });
  if ('impossible' in parts) return parts;
  const headers = Object.fromEntries(parts.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const ownType = wire.request.headers['content-type'];
  const patchType = wire.request.patchTypes[form];
  // A patch has a media type of its own; what the whole document is called, the API knows better.
  if (parts.method === 'PUT' && ownType !== undefined) headers['content-type'] = ownType;
  if (parts.method === 'PATCH' && patchType !== undefined) headers['content-type'] = patchType;
  const body = write.kind === 'delete' ? wire.deleteBody : (text ?? parts.body);
  return {
    method: parts.method,
    url: withQuery(wire.url, parts.query),
    headers,
    body,
    precondition: preconditionOf(guard),
  };
}

/** A version that travels in the body makes other bytes of it. */
function ownText({ request }: Wire, write: PortWrite, guard: Guard | undefined): string | undefined {
  return guard?.in === 'body' || guard?.in === 'test' ? undefined : request.ownText?.(write);
}

/** The API's own form. What it does not guard by itself is guarded here, as far as headers and queries can. */
function ownForm(wire: Wire, asked: WriteRequest, guard: Guard | undefined): ReadyWrite {
  const headers = Object.fromEntries(new Headers(asked.headers));
  const url = asked.url === undefined ? wire.url : new URL(asked.url, wire.url);
  if (guard?.in === 'header') headers[guard.name.toLowerCase()] ??= guard.value;
  const precondition = preconditionOf(guard);
  return {
    method: asked.method,
    url: withMissing(url, precondition?.query ?? []),
    headers,
    body: asked.body,
    precondition,
  };
}

function preconditionOf(guard: Guard | undefined): Precondition | undefined {
  if (guard?.in === 'header') return { header: guard.name };
  return guard?.in === 'query' ? { query: guard.parameters } : undefined;
}

function editOf(wire: Wire, write: PortWrite): WriteEdit<unknown> {
  const version = write.kind === 'create' ? undefined : write.base.version;
  const base = write.kind === 'create' ? undefined : write.base.value;
  const local = write.kind === 'delete' ? undefined : localOf(wire, write);
  const patch = write.kind === 'update' ? write.patch : [];
  return { kind: write.kind, url: wire.url.href, base, local, patch, version };
}

/** The URL with those of the parameters that it lacks. */
export function withMissing(url: URL, parameters: readonly (readonly [name: string, value: string])[]): URL {
  return withQuery(
    url,
    parameters.filter(([name]) => !url.searchParams.has(name)),
  );
}

function withQuery(url: URL, parameters: readonly (readonly [string, string])[]): URL {
  if (parameters.length === 0) return url;
  const guarded = new URL(url);
  for (const [name, value] of parameters) guarded.searchParams.set(name, value);
  return guarded;
}
