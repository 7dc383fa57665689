import type { EditResult } from '../../contract/snapshot.js';
import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';
import { landingOf } from '../../engine/landing.js';
import type { State } from '../../engine/port.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { jsonText } from '../../protocol/body/body.js';
import { stringifyWith } from '../../protocol/body/splice.js';
import { shownUrl } from '../../protocol/shown.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import { withoutVersion } from '../../protocol/versions/version-scheme.js';
import { ReadNotes } from '../http/state-reader.js';
import type { AcceptedAnswer } from '../http/transport.js';
import type { VerbOptions } from '../options/client-options.js';
import { mergedByKy } from '../options/layered.js';
import { plainHeaders } from '../resource/identity-key.js';
import { deleteFrom, submitTo } from '../write/submit.js';
import { digitsOf } from '../write/write-forms.js';
import { findBase } from './find-base.js';
import type { Target, Unknown, Written } from './memory.js';
import type { PlainBody } from './plain-body.js';
import { carriedBy, intentOf, textOf, understand } from './plain-body.js';
import type { PlainDoor, PlainVerb } from './plain-verb.js';
import { askedBy, headersOf, tellUnguarded } from './plain-verb.js';
import type { PlainCall } from './plain-way.js';
import { plainWay } from './plain-way.js';
import { sendConditionally } from './send-conditionally.js';
import { answerOf, refusalIn } from './synthetic-response.js';

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
  const { unkept } = core;
  const given =
    input instanceof Request
      ? { ...carriedBy(input), ...own, headers: { ...plainHeaders(input.headers), ...plainHeaders(own.headers) } }
      : own;
  const policy = core.plainPolicy(url);
  const { codec, requireVersion } = policy.engine;
  const signal = core.signalOf(own.signal, input instanceof Request ? input.signal : undefined);
  const ownHeaders = headersOf(input, given);
  const target: Target = { url, asked: askedBy(core, url, ownHeaders) };
  // Its caller has said what it is conditional on: that nothing is there.
  if (ownHeaders['if-none-match'] !== undefined) return pass();
  await door.remembering(url, signal);
  const isKnown = codec.versioned && (explicit !== undefined || memory.of(target).length > 0);
  const merged = isKnown ? mergedByKy(core.kyOptions, given) : given;
  const headers = merged === given ? ownHeaders : headersOf(input, merged);
  const { 'content-type': type, 'if-match': ifMatch } = headers;
  const text = isKnown ? await textOf(input, merged, type) : undefined;
  // Envelopes and formats of one's own say how a handle's value becomes a body, and nothing of a body the caller made.
  const opaque = policy.request.body !== undefined || typeof policy.request.write === 'function';
  const body = text === undefined || opaque || method === 'DELETE' ? undefined : understand(method, type, text);
  const found = isKnown ? findBase(memory, { target, codec, explicit, ifMatch, body }) : undefined;
  if (found === undefined) {
    if (requireVersion && ifMatch === undefined) throw unguarded(method, url, memory.whyUnknown(target));
    tellUnguarded(door, url, method, ownHeaders);
    return pass();
  }
  const { value: base, version, entry, isAssumed = false } = found;
  const isDelete = method === 'DELETE';
  const made = { url: entry?.url ?? url.href, asked: entry?.asked ?? target.asked };
  if (!isDelete && (body === undefined || base === undefined))
    return sendConditionally(door, target, { method, text, version, pass, made });
  // What it was made from may have been awaited for longer than its author was signed in.
  unkept?.throwIfAborted();
  const call: PlainCall = {
    target,
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
    conditional: version !== undefined || entry !== undefined || requireVersion,
    made,
  };
  try {
    return await (body === undefined || base === undefined
      ? remove(door, call, { value: base ?? null, version, isAssumed })
      : edit(door, call, { value: base, version, isAssumed, text: found.text ?? '' }, body));
  } catch (error) {
    return refusalIn(error, merged.throwHttpErrors);
  }
}

async function edit(
  door: PlainDoor,
  call: PlainCall,
  base: State & { readonly text: string },
  body: PlainBody,
): Promise<Response> {
  const { core, memory } = door;
  const { policy, made } = call;
  const intent = intentOf(body, base.value, policy.engine.merge);
  const notes = new ReadNotes();
  const digits = digitsOf(notes);
  digits.learn(base.text);
  digits.learnOwn(call.text ?? '');
  // What changed is in digits that JavaScript does not see: only the caller's own text says it.
  if (intent.patch.length === 0 && digits.hasOwn) {
    return sendConditionally(door, call.target, { ...call, version: base.version });
  }
  const { known, landed, id, port, signal, emit } = plainWay(core, call, notes, intent);
  const { resource } = known;
  const { patch, local, isDerived = false } = intent;
  // Named one by one: spreading them takes longer than the rest of this function.
  const result = await submitTo(core, known, call.target.url, {
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
    isAssumed: base.isAssumed === true,
    movesBefore: resource.moves,
    combinable: false,
  });
  const { value, version } = result;
  const accepted = landed();
  const isAsSent = deepEqual(value, local);
  const textOfValue = (): string => {
    const written = stringifyWith(value, [], digits);
    const sent = call.form === 'put' && isAsSent ? call.text : undefined;
    return 'text' in written ? written.text : (sent ?? jsonText(value));
  };
  // What the answer shows is there as its server wrote it.
  const valueText = accepted?.value === value ? accepted.text : textOfValue();
  const answer = answerOf(accepted, { version, text: valueText }, policy.engine.codec);
  const { headers } = answer;
  const own = isAsSent ? undefined : jsonText(local);
  const { state } = resource;
  const isAssumed = version === undefined || (state?.version === version && state.isAssumed === true);
  const shown = shownBeside(accepted, result, policy.engine.codec);
  memory.replace(
    { ...made, version, value, text: valueText, isAssumed, headers, lane: known, written: { answer, own, ...shown } },
    answer,
  );
  return answer;
}

/** What the answer to a write shows, where that is something else than what was saved: a receipt, or the state before. */
function shownBeside(
  accepted: AcceptedAnswer | undefined,
  result: EditResult,
  codec: VersionCodec,
): Pick<Written, 'shown' | 'showsBefore'> {
  const told = accepted?.value;
  const shows = (state: JsonValue | undefined): boolean =>
    told !== undefined && state !== undefined && deepEqual(withoutVersion(codec, told), withoutVersion(codec, state));
  const shown = told !== undefined && !shows(result.value) ? accepted?.text : undefined;
  return { shown, showsBefore: shown !== undefined && shows(landingOf(result)?.target) };
}

async function remove(door: PlainDoor, call: PlainCall, base: State): Promise<Response> {
  const { known, landed, ...way } = plainWay(door.core, call, new ReadNotes(), undefined);
  await deleteFrom(door.core, known, call.target.url, { ...way, base, onStale: 'error' });
  door.memory.forget(call.target);
  return answerOf(landed(), undefined, call.policy.engine.codec);
}

const WHY: Readonly<Record<Unknown, string>> = {
  'not-read': 'it was not read with this client',
  'part-read': 'only a part of it was read with this client, by a URL with a query that the write has not',
  'no-version': 'it was read, and the answer named no version that can be sent back',
};

function unguarded(method: string, url: URL, why: Unknown): MissingBaseError {
  const shown = shownUrl(url);
  return new MissingBaseError(
    `${method} ${shown} has no known version to be conditional on: ${WHY[why]}. And requireVersion forbids sending it unguarded. Read it with this client first, pass \`base\`, or use client.resource().`,
    { url: shown },
  );
}
