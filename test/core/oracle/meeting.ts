import type { JsonValue, MergeConflict, Patch } from '../../../src/core/index.js';
import { freeze, isObject, pointerOf, tokensOf, valueAt } from '../tools.js';
import type { ReferenceConflict } from './image.js';
import { overlapDocument, overlapEdit } from './overlap.js';
import { randomFrom } from './random.js';

/** Two edits of one document that may meet anywhere. */
export interface Meeting {
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly local: JsonValue;
  readonly remote: JsonValue;
}

/** The meeting of a seed, deep-frozen. */
function meetingOf(seed: number, moves: boolean): Meeting {
  const random = randomFrom(seed);
  const base = overlapDocument(random);
  const most = random.pick([1, 3, 8]);
  const local = overlapEdit(base, random, 1 + random.below(most), { moves });
  const remote = overlapEdit(base, random, 1 + random.below(most), { moves });
  for (const document of [base, local.document, remote.document]) freeze(document);
  return { base, patch: local.patch, local: local.document, remote: remote.document };
}

/** Runs a law over many meetings; the message of a failure holds the seed and the whole call. */
export function forEachMeeting(first: number, runs: number, moves: boolean, law: (meeting: Meeting) => void): void {
  for (let seed = first; seed < first + runs; seed++) {
    const meeting = meetingOf(seed, moves);
    try {
      law(meeting);
    } catch (error) {
      const { base, patch, remote } = meeting;
      const call = JSON.stringify({ base, patch, remote });
      throw new Error(`LAW_SEED=${seed} LAW_RUNS=1: ${call}\n${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }
}

/** A pointer with keys in the place of indices. */
function imagePath(document: JsonValue, pointer: string): string {
  let here: JsonValue | undefined = document;
  const tokens = tokensOf(pointer).map((token) => {
    const inList = Array.isArray(here);
    here = valueAt(here, pointerOf([token]));
    return inList ? `#${isObject(here) ? here.id : '?'}` : token;
  });
  return pointerOf(tokens);
}

const MIRRORED: { readonly [kind: string]: string } = {
  'modify-delete': 'delete-modify',
  'delete-modify': 'modify-delete',
};

/**
 * The conflicts by kind and identity. Those of order and of moves are left out: images know neither. Nor is the law strict about which clash
 * of scalars is one of types.
 */
export function tell({ base, local }: Pick<Meeting, 'base' | 'local'>, conflicts: readonly MergeConflict[]): string[] {
  const named = conflicts
    .filter(({ kind }) => kind !== 'order' && kind !== 'move')
    .map(({ kind, base: side, local: made, basePath }) => {
      const path = imagePath(side.present ? base : local, basePath);
      // What both added is named by its key: two places in local and base may be the same, and then one of them gives way.
      const key = made.present && isObject(made.value) ? made.value.id : undefined;
      return { kind, path: side.present || key === undefined ? path : path.replace(/#[^/]*$/, `#${key}`) };
    });
  return tellReference(named);
}

/** The same of the reference's; mirrored for the other way round. */
export function tellReference(conflicts: readonly ReferenceConflict[], mirrored = false): string[] {
  return conflicts
    .map(({ kind, path }) => `${kind === 'type-change' ? 'value' : mirrored ? (MIRRORED[kind] ?? kind) : kind} ${path}`)
    .sort();
}
