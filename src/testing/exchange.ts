import { type Answer, emptyAnswer, jsonAnswer } from './answer.js';
import { type Backend, type Circumstances, CLEAR } from './backend.js';
import type { Waits } from './clock.js';
import { exposed, preflightAnswer } from './cors.js';
import { type FaultKind, type Faults, laggingView } from './faults.js';
import { handle } from './handle.js';
import type { OpenRecord, Recorder } from './record.js';
import type { ServerRequest } from './request.js';

/** What comes back over the wire: a whole answer, one that breaks off, or nothing but a broken connection. */
export type Exchange = { readonly delivery: 'whole' | 'cut'; readonly answer: Answer } | { readonly delivery: 'lost' };

export interface Line {
  readonly backend: Backend;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly waits: Waits;
}

type Of<Kind extends FaultKind['kind']> = Extract<FaultKind, { readonly kind: Kind }>;

/** Takes a request from its arrival to its answer, through whatever faults were set for it. */
export async function exchange(line: Line, request: ServerRequest): Promise<Exchange> {
  if (!line.backend.settings.cors) return carry(line, request);
  const preflight = preflightAnswer(request);
  if (preflight) return { delivery: 'whole', answer: preflight };
  const result = await carry(line, request);
  return result.delivery === 'lost' ? result : { ...result, answer: exposed(result.answer) };
}

async function carry(line: Line, request: ServerRequest): Promise<Exchange> {
  const { backend, faults, recorder, waits } = line;
  const { clock, latency } = backend.settings;
  const arrival = {
    method: request.method,
    path: request.path,
    search: request.search,
    headers: Object.fromEntries(request.headers),
    body: request.body.kind === 'text' ? request.body.text : undefined,
    at: clock.now(),
  };
  const record = recorder.open(arrival);
  const hit = faults.take(request);
  record.faults = hit.map(({ kind }) => kind);

  const delay = pick(hit, 'delay');
  if (!(await waits.wait(latency / 2 + (delay && !delay.after ? delay.ms : 0))) || pick(hit, 'lose-request')) {
    record.outcome = 'lost';
    record.delivered = false;
    return { delivery: 'lost' };
  }
  const answer = answerOf(line, request, record, hit);
  record.status = answer.status;
  const arrived = await waits.wait(latency / 2 + (delay?.after ? delay.ms : 0));
  const cut = pick(hit, 'truncate') !== undefined;
  record.delivered = arrived && !cut && !pick(hit, 'lose-answer');
  // An answer without a body has no middle to break off in.
  if (!arrived || pick(hit, 'lose-answer') || (cut && !answer.body)) return { delivery: 'lost' };
  return { delivery: cut ? 'cut' : 'whole', answer };
}

function pick<Kind extends FaultKind['kind']>(hit: readonly FaultKind[], kind: Kind): Of<Kind> | undefined {
  return hit.find((fault): fault is Of<Kind> => fault.kind === kind);
}

/** The synchronous middle: what the server does, or what stands in for it. */
function answerOf(line: Line, request: ServerRequest, record: OpenRecord, hit: readonly FaultKind[]): Answer {
  pick(hit, 'meanwhile')?.run();
  const stand = pick(hit, 'status') ?? pick(hit, 'html');
  if (stand && !stand.commit) {
    record.outcome = 'not-handled';
    return standIn(stand);
  }
  const now = circumstances(line, hit);
  const first = handled(line, request, record, now);
  const duplicate = pick(hit, 'duplicate');
  const second = duplicate && handled(line, request, line.recorder.open(record, record.index), now);
  if (stand) return standIn(stand);
  return second && duplicate.answer === 'second' ? second : first;
}

function handled(line: Line, request: ServerRequest, record: OpenRecord, now: Circumstances): Answer {
  const answer = handle(line.backend, request, record, now);
  record.status = answer.status;
  record.outcome = answer.outcome;
  record.version = answer.version;
  return answer;
}

function circumstances({ backend }: Line, hit: readonly FaultKind[]): Circumstances {
  const stale = pick(hit, 'stale-read');
  const weak = pick(hit, 'weak-tag');
  return {
    hideVersion: pick(hit, 'hide-version') !== undefined,
    weakTag: weak !== undefined,
    rejectTags: weak?.rejectIfMatch ?? false,
    view: stale ? laggingView(stale, backend.settings.clock.now()) : CLEAR.view,
  };
}

function standIn(fault: Of<'status'> | Of<'html'>): Answer {
  if (fault.kind === 'html') {
    const body = '<!doctype html>\n<title>Bad Gateway</title>\n<h1>The server is having a bad day</h1>\n';
    return {
      ...jsonAnswer('not-handled', fault.status ?? 502, body),
      headers: new Headers({ 'Content-Type': 'text/html; charset=utf-8' }),
    };
  }
  const given = Object.entries(fault.headers ?? {});
  if (fault.body === undefined) return emptyAnswer('not-handled', fault.status, given);
  const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
  return jsonAnswer('not-handled', fault.status, text, given);
}
