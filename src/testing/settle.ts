import {
  apply,
  type ConflictAnswer,
  diff,
  type JsonValue,
  type MergeConflict,
  type Pointer,
  type RebaseOutput,
  type Resolution,
} from './core.js';
import { isObject, tokensOf } from './store/place.js';

/** What a resolver was asked, and the means to go on from its answer. */
interface Question {
  readonly remote: JsonValue;
  readonly open: RebaseOutput;
  readonly rebased: (resolutions: Record<Pointer, Resolution>) => RebaseOutput;
}

/** What an answer comes to. */
export interface Settled {
  readonly outcome: 'resolved' | 'discarded' | 'rejected';
  readonly output: RebaseOutput;
}

/** Brings a resolver's answer to its end, as the client does. Throws for an answer that is none. */
export function settle<T>(answer: ConflictAnswer<T>, { remote, open, rebased }: Question): Settled {
  const { conflicts } = open;
  if (answer === undefined || answer === 'abort') return { outcome: 'rejected', output: open };
  if (answer === 'discard') {
    const resolved = [...open.resolved, ...conflicts.map((conflict) => byResolver(conflict, 'remote'))];
    return { outcome: 'discarded', output: { patch: [], value: remote, conflicts: [], resolved } };
  }
  if (answer === 'local' || answer === 'remote') {
    return ended(rebased(Object.fromEntries(conflicts.map(({ basePath }) => [basePath, answer]))));
  }
  if (typeof answer === 'object' && answer !== null && 'value' in answer) {
    // A patch takes nothing that JSON cannot carry, and neither does the client.
    const value = apply(null, [{ op: 'replace', path: '', value: answer.value }]);
    const resolved = [...open.resolved, ...conflicts.map((conflict) => byResolver(conflict, at(value, conflict.path)))];
    return { outcome: 'resolved', output: { patch: diff(remote, value), value, conflicts: [], resolved } };
  }
  if (typeof answer === 'object' && answer !== null && isTable(answer.resolutions)) {
    refuseStrays(answer.resolutions, conflicts);
    return ended(rebased(answer.resolutions));
  }
  throw new TypeError(
    `The resolver answered ${JSON.stringify(answer) ?? typeof answer}. ` +
      "It may answer 'local', 'remote', 'discard', 'abort', undefined, { value } or { resolutions }.",
  );
}

const ended = (output: RebaseOutput): Settled => ({
  outcome: output.conflicts.length === 0 ? 'resolved' : 'rejected',
  output,
});

const byResolver = (conflict: MergeConflict, resolution: Resolution): RebaseOutput['resolved'][number] => ({
  ...conflict,
  by: 'resolver',
  resolution,
});

const isTable = (value: unknown): boolean => typeof value === 'object' && value !== null;

function refuseStrays(resolutions: Record<Pointer, Resolution>, conflicts: readonly MergeConflict[]): void {
  const known = new Set(conflicts.flatMap(({ basePath, path }) => [basePath, path]));
  const stray = Object.keys(resolutions).find((path) => !known.has(path));
  if (stray === undefined) return;
  const places = [...known].map((path) => JSON.stringify(path)).join(', ');
  throw new TypeError(
    `The resolver answered for ${JSON.stringify(stray)}, where there is no conflict; there is one at ${places}.`,
  );
}

/** What a whole value chose at a place. */
function at(value: JsonValue, pointer: Pointer): Resolution {
  let here: JsonValue | undefined = value;
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(here)) here = here[Number(token)];
    else here = isObject(here) && Object.hasOwn(here, token) ? here[token] : undefined;
  }
  return here === undefined ? 'remove' : { value: here };
}
