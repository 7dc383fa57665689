import type { Options as KyOptions } from 'ky';
import type { EditEvent } from '../../contract/events.js';
import { deepEqual } from '../../core/deep-equal.js';
import type { Policy } from '../../engine/policy.js';
import type { PortWrite, ResourcePort } from '../../engine/port.js';
import type { Intent } from '../../engine/queue/edit-input.js';
import type { WriteFormName } from '../../protocol/body/write-form.js';
import type { ClientCore } from '../client-core.js';
import type { ReadNotes } from '../http/state-reader.js';
import type { AcceptedAnswer, Transport } from '../http/transport.js';
import { makeTransport } from '../http/transport.js';
import type { RequestPolicy, ResourcePolicy } from '../options/resource-policy.js';
import { randomId } from '../platform.js';
import type { PlainHeaders } from '../resource/identity-key.js';
import { selfOf } from '../resource/identity-key.js';
import type { KnownResource } from '../resource/known-resource.js';
import { withOwnKey } from '../resource/way.js';
import { httpPort } from '../write/write-resource.js';
import type { Remembered, Target } from './memory.js';

/** A plain write: what it is about, and how its caller wants it sent. */
export interface PlainCall {
  readonly target: Target;
  readonly policy: ResourcePolicy;
  /** The call's own headers; the client's come with the transport. */
  readonly headers: PlainHeaders;
  /** The call's own options, and those merged with the client's. */
  readonly given: KyOptions;
  readonly asked: KyOptions;
  readonly signal: AbortSignal | undefined;
  readonly method: string;
  /** Of its body; of a DELETE's it does not matter. */
  readonly form: WriteFormName;
  /** Sends it as ky would, with these headers on top. */
  readonly pass: (guard?: Record<string, string>) => Promise<Response>;
  /** Its own text, as the caller wrote it. */
  readonly text: string | undefined;
  /** What a DELETE carries. */
  readonly body: BodyInit | undefined;
  /** Its base has a version, or is known to have one: no write of it may leave without. */
  readonly conditional: boolean;
  /** What it makes is remembered as this: by what its base was read with, where that is known. */
  readonly made: Pick<Remembered, 'url' | 'asked'>;
}

/** The way of a plain write through the engine. */
export interface PlainWay {
  readonly known: KnownResource;
  readonly id: string;
  readonly port: ResourcePort;
  readonly policy: Policy;
  readonly signal: AbortSignal | undefined;
  readonly emit: (event: EditEvent) => void;
  /** The answer that accepted it, once there is one. */
  readonly landed: () => AcceptedAnswer | undefined;
}

/** Options that the request itself tells, and the transport must not tell again. */
const TOLD = new Set([
  'body',
  'json',
  'headers',
  'method',
  'searchParams',
  'prefix',
  'baseUrl',
  'signal',
  'throwHttpErrors',
]);
/** Headers that the loop sets anew for each attempt. */
const SET_ANEW = new Set(['if-match', 'content-length']);

/** The lane it takes, and a port of its own, because its headers, options and answer are nobody else's. */
export function plainWay(core: ClientCore, call: PlainCall, notes: ReadNotes, intent: Intent | undefined): PlainWay {
  const { policy, signal, body, conditional, made } = call;
  const { url, asked } = call.target;
  const known = core.known(url, policy, { ...policy.request.headers, ...selfOf(asked, made.asked) });
  const id = randomId();
  let landed: AcceptedAnswer | undefined;
  const wire = core.wireFor(
    url,
    { ...policy, request: requestOf(call, intent) },
    {
      notes,
      ownForm: call.form,
      transport: transportFor(core, call),
      conditional,
      deleteBody: body,
      onAccepted: (answer) => {
        landed = answer;
      },
    },
  );
  const emit = core.emitterFor(url, id);
  return { known, id, port: httpPort(wire), policy: policy.engine, signal, emit, landed: () => landed };
}

function requestOf({ policy, headers: own, text }: PlainCall, intent: Intent | undefined): RequestPolicy {
  const { request } = policy;
  const headers = { ...request.headers };
  for (const [name, value] of Object.entries(own)) if (!SET_ANEW.has(name)) headers[name] = value;
  const { 'content-type': type } = own;
  const patchTypes = type === undefined ? request.patchTypes : { 'json-patch': type, 'merge-patch': type };
  const ownText = (write: PortWrite): string | undefined => (isAsMade(write, intent) ? text : undefined);
  return withOwnKey({ ...request, headers, patchTypes, ownText }, (write) => isAsMade(write, intent));
}

/** Whether a write says what its caller wrote, nothing of others merged in. */
function isAsMade(write: PortWrite, intent: Intent | undefined): boolean {
  if (write.kind !== 'update' || intent === undefined) return write.kind === 'delete';
  return deepEqual(write.base.value, intent.base) && deepEqual(write.local, intent.local);
}

/** Made anew from the merged options, so that what a call brings cannot undo what the transport is careful about. */
function transportFor(core: ClientCore, { given, asked, policy }: PlainCall): Transport {
  if (Object.keys(given).every((name) => TOLD.has(name))) return core.transport;
  const { headers, signal } = core.kyOptions;
  const own = { ...asked, ...(headers === undefined ? { headers: {} } : { headers }), signal: signal ?? null };
  return makeTransport(own, policy.engine.retry.maxRetryAfter, core.transport.limits.bytes);
}
