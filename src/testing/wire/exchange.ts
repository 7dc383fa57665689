import { answerOf, pick } from '../handle/answering.js';
import type { Backend } from '../handle/backend.js';
import type { Settings } from '../options.js';
import type { Answer } from './answer.js';
import type { Cache } from './cache.js';
import type { Waits } from './clock.js';
import { exposed, preflightAnswer } from './cors.js';
import type { Faults } from './faults.js';
import type { Recorder } from './record.js';
import type { ServerRequest } from './request.js';

/** What comes back over the wire: a whole answer, one that breaks off, or nothing but a broken connection. */
type Exchange = { readonly delivery: 'whole' | 'cut'; readonly answer: Answer } | { readonly delivery: 'lost' };

export interface Line {
  readonly settings: Settings;
  /** The documents a request is about. */
  readonly backendOf: (request: ServerRequest) => Backend;
  readonly cache: Cache;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly waits: Waits;
}

/** Takes a request from its arrival to its answer, through whatever faults were set for it. */
export async function exchange(line: Line, request: ServerRequest): Promise<Exchange> {
  if (!line.settings.cors) return carry(line, request);
  const preflight = preflightAnswer(request);
  if (preflight) return { delivery: 'whole', answer: preflight };
  const result = await carry(line, request);
  return result.delivery === 'lost' ? result : { ...result, answer: exposed(result.answer) };
}

async function carry(line: Line, request: ServerRequest): Promise<Exchange> {
  const { cache, faults, recorder, waits } = line;
  const { clock, latency } = line.settings;
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
  const answer = answerOf({ backend: line.backendOf(request), cache, recorder }, request, record, hit);
  record.status = answer.status;
  const arrived = await waits.wait(latency / 2 + (delay?.after ? delay.ms : 0));
  const cut = pick(hit, 'truncate') !== undefined;
  // An answer without a body has no middle to break off in.
  const bodyless = !answer.body || request.method === 'HEAD';
  const lost = !arrived || pick(hit, 'lose-answer') !== undefined || (cut && bodyless);
  record.delivered = !lost && !cut;
  return lost ? { delivery: 'lost' } : { delivery: cut ? 'cut' : 'whole', answer };
}
