import type { EntityTag } from '../store/entity-tag.js';
import { type Answer, bodyAnswer, jsonAnswer, problemAnswer } from '../wire/answer.js';
import type { Cache } from '../wire/cache.js';
import { type FaultKind, laggingView } from '../wire/faults.js';
import type { OpenRecord, Recorder } from '../wire/record.js';
import type { ServerRequest } from '../wire/request.js';
import type { Backend, Circumstances } from './backend.js';
import { handle } from './handle.js';

type Of<Kind extends FaultKind['kind']> = Extract<FaultKind, { readonly kind: Kind }>;

export function pick<Kind extends FaultKind['kind']>(hit: readonly FaultKind[], kind: Kind): Of<Kind> | undefined {
  return hit.find((fault): fault is Of<Kind> => fault.kind === kind);
}

/** The synchronous middle of an exchange: what the server does, or what stands in for it. Nothing can come between. */
export function answerOf(
  { backend, cache, recorder }: { readonly backend: Backend; readonly cache: Cache; readonly recorder: Recorder },
  request: ServerRequest,
  record: OpenRecord,
  hit: readonly FaultKind[],
): Answer {
  const handled = (into: OpenRecord): Answer => {
    const answer = cache.copy(request) ?? handleSafely(backend, request, into, hit);
    if (answer.outcome !== 'cached') cache.see(request, answer);
    into.status = answer.status;
    into.outcome = answer.outcome;
    into.version = answer.version;
    return answer;
  };
  const instead = pick(hit, 'status') ?? pick(hit, 'html');
  if (instead && !instead.commit) {
    record.outcome = 'not-handled';
    return standIn(instead);
  }
  const first = handled(record);
  const duplicate = pick(hit, 'duplicate');
  const second = duplicate && handled(recorder.open(record, record.index));
  if (instead) return standIn(instead);
  return second && duplicate.answer === 'second' ? second : first;
}

/** A rule or a `meanwhile` of the test that throws is a `crashed` answer, so that no test takes it for a refusal. */
function handleSafely(backend: Backend, request: ServerRequest, record: OpenRecord, hit: readonly FaultKind[]): Answer {
  try {
    if (record.duplicateOf === undefined) pick(hit, 'meanwhile')?.run();
    const answer = handle(backend, request, record, circumstances(backend, request, hit));
    if (answer.body !== undefined && compresses(backend, request)) answer.headers.set('Content-Encoding', 'gzip');
    return answer;
  } catch (error) {
    return problemAnswer('crashed', 500, { detail: error instanceof Error ? error.message : String(error) });
  }
}

function circumstances({ settings }: Backend, request: ServerRequest, hit: readonly FaultKind[]): Circumstances {
  const stale = pick(hit, 'stale-read');
  const weak = pick(hit, 'weak-tag');
  const compressed = compresses({ settings }, request);
  const alterTag = (tag: EntityTag): EntityTag => ({
    weak: tag.weak || weak !== undefined || (compressed && settings.gateway === 'weaken'),
    opaque: compressed && settings.gateway === 'suffix' ? tag.opaque.replace(/"$/, '-gzip"') : tag.opaque,
  });
  return {
    hideVersion: pick(hit, 'hide-version') !== undefined,
    alterTag,
    rejectTags: weak?.rejectIfMatch ?? false,
    view: stale ? laggingView(stale, settings.clock.now()) : (states) => states.at(-1),
  };
}

/** Whether a gateway codes the answer; the port does so in fact. */
function compresses({ settings }: Pick<Backend, 'settings'>, request: ServerRequest): boolean {
  return settings.gateway !== 'none' && takesGzip(request);
}

/** Over `server.fetch` the header is missing, because the network layer adds it: that counts as taking gzip. */
const takesGzip = ({ headers }: ServerRequest): boolean => /gzip|\*/.test(headers.get('accept-encoding') ?? '*');

function standIn(fault: Of<'status'> | Of<'html'>): Answer {
  const headers = Object.entries(fault.headers ?? {});
  if (fault.kind === 'html') {
    const page = '<!doctype html>\n<title>Bad Gateway</title>\n<h1>The server is having a bad day</h1>\n';
    const type = ['Content-Type', 'text/html; charset=utf-8'] as const;
    return jsonAnswer('not-handled', fault.status ?? 502, page, [type, ...headers]);
  }
  return bodyAnswer('not-handled', fault.status, fault.body, headers);
}
