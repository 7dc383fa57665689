import { inspect } from 'node:util';
import { ConflictError, InDoubtError, RefusedError } from 'unconflict';
import type { Doc } from './document.js';
import { NotThere, tokensOf } from './document.js';
import type { Said } from './doors.js';
import type { World } from './kinds.js';

/** What became of one change. */
export interface Fate {
  readonly token: string;
  readonly deed: 'add' | 'strike';
  readonly door: string;
  readonly end: 'accepted' | 'failed' | 'unknown';
  readonly said: Said | undefined;
  readonly error: unknown;
}

/** Everything about one document: every state it had, and who wanted what of it. */
export interface Record {
  readonly states: readonly Doc[];
  readonly fates: readonly Fate[];
  readonly foreign: readonly string[];
  /** What its owner reads in the end. */
  readonly shown: readonly unknown[];
}

export function endOf(status: number): Fate['end'] {
  if (status < 300) return 'accepted';
  return status < 500 ? 'failed' : 'unknown';
}

/** What nobody can know: told so, or an answer that was lost or no answer of the server's. */
export function isUnknown(error: unknown): boolean {
  if (error instanceof InDoubtError) return true;
  const { name, message, response } = Object(error);
  // A caller who left, of his own will or because he had not the patience.
  if (name === 'TimeoutError') return true;
  if (name === 'TypeError') return /fetch failed|terminated/.test(message);
  return name === 'NetworkError' || (name === 'HTTPError' && response.status >= 500);
}

/** What the states of a document tell: nothing doubled, nothing taken away, all that was accepted, nothing that failed. */
export function brokenBy(record: Record, world: World): string[] {
  const { states, fates, foreign } = record;
  const broken: string[] = [];
  const ever = new Set<string>();
  const struck = new Set(
    fates.flatMap(({ deed, token, end }) => (deed === 'strike' && end !== 'failed' ? [token] : [])),
  );
  let before = new Map<string, number>();
  for (const state of states) {
    const now = tokensOf(state);
    for (const [token, times] of now) {
      if (ever.has(token) && !before.has(token)) broken.push(`${token} came back`);
      ever.add(token);
      if (times > 1) broken.push(`${token} is there ${times} times`);
    }
    for (const token of before.keys()) if (!now.has(token) && !struck.has(token)) broken.push(`${token} was lost`);
    before = now;
  }
  for (const token of foreign) if (!ever.has(token)) broken.push(`${token} never was there`);
  for (const fate of fates) broken.push(...fateBroken(fate, ever, before), ...toldWrong(fate, world));
  const last = JSON.stringify(states.at(-1));
  for (const shown of record.shown)
    if (JSON.stringify(shown) !== last) broken.push(`${JSON.stringify(shown)} is shown of ${last}`);
  return broken;
}

function fateBroken(
  { token, deed, door, end, said, error }: Fate,
  ever: ReadonlySet<string>,
  last: ReadonlyMap<string, number>,
): string[] {
  const broken: string[] = [];
  if (deed === 'add') {
    if (end === 'accepted' && !ever.has(token)) broken.push(`${token} by ${door} was accepted and is nowhere`);
    if (end === 'failed' && ever.has(token)) broken.push(`${token} by ${door} failed and is there: ${String(error)}`);
  } else if (!(error instanceof NotThere)) {
    if (end === 'accepted' && last.has(token)) broken.push(`the strike of ${token} by ${door} did nothing`);
    if (end === 'failed' && !last.has(token))
      broken.push(`the strike of ${token} by ${door} failed and was made: ${String(error)}`);
  }
  if (end === 'accepted' && said?.value !== undefined) {
    const times = tokensOf(said.value).get(token) ?? 0;
    if (times !== (deed === 'add' ? 1 : 0)) broken.push(`the result of ${token} by ${door} has it ${times} times`);
  }
  return broken;
}

/** No server of these has rules, and nobody is in conflict with himself. */
function toldWrong({ token, door, error }: Fate, { server, isAlone }: World): string[] {
  if (isAlone && error instanceof ConflictError) return [`${token} by ${door} met nobody's conflict: ${error.message}`];
  if (error instanceof RefusedError && server.status === 412)
    return [`${token} by ${door} was refused, and there are no rules: ${error.message}`];
  return [];
}

/** Any token that a person, or who meddles with their document, puts in. An id in hex is none, whatever it begins with. */
export function tokensBy(person: string): RegExp {
  return new RegExp(`\\b${person}(?:c\\dt\\d|f\\d\\b)`, 'i');
}

/** Whether what became of one person's changes holds anything of another's. */
export function leaks({ fates, states, shown }: Record, others: RegExp): string[] {
  const isIn = (what: unknown): boolean => others.test(textOf(what));
  const told = fates.filter(({ said, error }) => isIn(said?.value) || isIn(error));
  return [
    ...told.map(({ token, door }) => `what ${token} by ${door} came to holds another's document`),
    ...(isIn(states) ? ["another's change is in the document"] : []),
    ...(isIn(shown) ? ["another's document is shown"] : []),
  ];
}

function textOf(what: unknown): string {
  return inspect(what, { depth: 12, getters: true, maxArrayLength: null, maxStringLength: null, showHidden: true });
}
