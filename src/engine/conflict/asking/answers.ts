import type { ConflictAnswer } from '../../../contract/resolver.js';
import { assertJson, cloneJson } from '../../../core/assert-json.js';
import type { MergeConflict, Resolution, ResolvedConflict } from '../../../core/conflict.js';
import type { JsonValue } from '../../../core/json.js';
import { getAt, parsePointer } from '../../../core/pointer.js';
import { localWins } from '../../../core/rebase/moves/moved-on.js';
import type { Edit } from '../../queue/edit.js';
import type { Intent } from '../../queue/edit-input.js';
import type { GivenAnswer } from './still-holding.js';

/** A resolver's answer, checked. `none`: it gave up, threw, or answered something that is no answer. */
export type Answer =
  | { readonly kind: 'none'; readonly cause: unknown }
  | { readonly kind: 'local' }
  | { readonly kind: 'remote' }
  | { readonly kind: 'discard' }
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'resolutions'; readonly resolutions: Record<string, Resolution> };

/** Reads an answer to these conflicts. What it holds is copied: it stays its author's. @throws TypeError for what is no answer. */
export function checkAnswer(answer: ConflictAnswer<unknown>, conflicts: readonly MergeConflict[]): Answer {
  if (answer === undefined || answer === 'abort') return { kind: 'none', cause: undefined };
  if (answer === 'local' || answer === 'remote' || answer === 'discard') return { kind: answer };
  if (typeof answer === 'object' && answer !== null) {
    if ('value' in answer) {
      assertJson(answer.value, "the resolver's { value }");
      return { kind: 'value', value: cloneJson(answer.value) };
    }
    if ('resolutions' in answer && typeof answer.resolutions === 'object' && answer.resolutions !== null) {
      const known = new Set(conflicts.flatMap((conflict) => [conflict.basePath, conflict.path]));
      const stray = Object.keys(answer.resolutions).find((path) => !known.has(path));
      if (stray === undefined) {
        const read = Object.entries(answer.resolutions).map(
          ([path, resolution]) => [path, readResolution(path, resolution)] as const,
        );
        return { kind: 'resolutions', resolutions: Object.fromEntries(read) };
      }
      throw new TypeError(
        `The resolver answered for "${stray}", where there is no conflict. Answer for ${[...known].map((path) => `"${path}"`).join(', ') || 'nothing'}: each conflict's basePath.`,
      );
    }
  }
  throw new TypeError(
    `The resolver answered ${JSON.stringify(answer) ?? typeof answer}. It may answer 'local', 'remote', 'discard', 'abort', undefined, { value } or { resolutions }.`,
  );
}

function readResolution(path: string, resolution: unknown): Resolution {
  if (resolution === 'local' || resolution === 'remote' || resolution === 'base' || resolution === 'remove')
    return resolution;
  if (typeof resolution === 'object' && resolution !== null && 'value' in resolution) {
    const { value } = resolution;
    assertJson(value, `the resolver's { value } for "${path}"`);
    return { value: cloneJson(value) };
  }
  throw new TypeError(
    `The resolver answered ${JSON.stringify(resolution) ?? typeof resolution} for "${path}". A resolution is 'local', 'remote', 'base', 'remove' or { value }.`,
  );
}

/** An answer to conflicts, one by one. */
export function answersTo(
  open: readonly MergeConflict[],
  answer: Extract<Answer, { kind: 'local' | 'remote' | 'resolutions' }>,
): GivenAnswer[] {
  if (answer.kind !== 'resolutions') return open.map((conflict) => ({ conflict, resolution: answer.kind }));
  const { resolutions } = answer;
  return open.flatMap((conflict) => {
    const { basePath, path } = conflict;
    // `path` may stand in where it can mean nothing else.
    const isPlain = open.every((other) => other === conflict || (other.path !== path && other.basePath !== path));
    const resolution = own(resolutions, basePath) ?? (isPlain ? own(resolutions, path) : undefined);
    return resolution === undefined ? [] : [{ conflict, resolution }];
  });
}

/** For the report: what a whole value chose at each conflict. */
export function settledBy(value: JsonValue, open: readonly MergeConflict[]): ResolvedConflict[] {
  return open.map((conflict) => {
    const chosen = getAt(value, parsePointer(conflict.path) ?? []);
    return { ...conflict, by: 'resolver', resolution: chosen.present ? { value: chosen.value } : 'remove' };
  });
}

/** Edits that were made while a whole value was answered, on top of that: what was done last wins. */
export function onTop(edits: readonly Edit[], value: JsonValue): readonly Intent[] {
  let base = value;
  return edits.map(({ intent: { base: made, patch: own, isDerived }, input: { policy } }) => {
    const input = { base: made, patch: own, remote: base, merge: policy.merge };
    const { patch, value: local } = localWins(input, isDerived !== true);
    const intent = { base, patch, local, isDerived: isDerived === true };
    base = local;
    return intent;
  });
}

function own(table: Readonly<Record<string, Resolution>>, key: string): Resolution | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
