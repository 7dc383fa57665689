import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { SavedConflict } from '../contract/conflict-session.js';
import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import { diff } from '../core/diff/diff.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue, Patch, Pointer, PointerPattern } from '../core/json.js';
import { rebaseEdit } from '../core/rebase/rebase.js';
import type { MergeRule } from '../core/rules/rule.js';
import { goneConflict, gonePreview } from '../engine/conflict/gone.js';
import { emptyLike } from '../engine/queue/edit.js';
import { InvalidMergeError } from '../errors/outcome-errors.js';

/** What a session is about right now: put by the engine, or read from what was saved. */
export interface Question {
  readonly reason: ConflictContext['reason'];
  readonly url: string;
  readonly base: JsonValue | undefined;
  readonly local: JsonValue;
  readonly remote: JsonValue | undefined;
  readonly conflicts: readonly MergeConflict[];
  /** The caller's own patch, if there was one. */
  readonly patch: Patch | undefined;
  readonly version: string | undefined;
  readonly schema: StandardSchemaV1 | undefined;
  preview(resolutions: Record<Pointer, Resolution>): {
    readonly value: JsonValue | undefined;
    readonly conflicts: readonly MergeConflict[];
  };
}

/** @throws InvalidOptionsError for a context that no engine made. */
export function questionOf({ reason, url, base, local, remote, conflicts, patch, edit }: ConflictContext): Question {
  if (edit === undefined) {
    throw new InvalidOptionsError(
      'A session needs the context a client gives to its resolver: this one has no `edit`.',
      {
        option: 'context',
        url,
      },
    );
  }
  const { derived, version, schema, preview } = edit;
  const own = derived ? undefined : patch;
  return { reason, url, base, local, remote, conflicts, patch: own, version, schema, preview };
}

/** What holds for the resource of a saved conflict. */
export interface Rules {
  readonly merge: Readonly<Record<PointerPattern, MergeRule>>;
  readonly schema: StandardSchemaV1 | undefined;
}

/** The question of a saved conflict, with what the server has now, or had when it was saved. */
export function savedQuestion(saved: SavedConflict, remote: JsonValue | undefined, { merge, schema }: Rules): Question {
  const { url, local, version } = saved;
  const creating = saved.reason === 'exists';
  const base = creating ? emptyLike(local) : (saved.base ?? null);
  const patch = saved.patch ?? diff(base, local, { merge });
  const own = { url, base: creating ? undefined : base, local, remote, patch: saved.patch, version, schema };
  if (remote === undefined) {
    const conflict = goneConflict({ base, local, patch });
    return {
      ...own,
      reason: 'gone',
      conflicts: [conflict],
      preview: ({ '': resolution }) => gonePreview(conflict, resolution),
    };
  }
  const preview: Question['preview'] = (resolutions) =>
    rebaseEdit({ base, patch, remote, merge, resolutions }, saved.patch !== undefined);
  return { ...own, reason: creating ? 'exists' : 'stale', conflicts: preview({}).conflicts, preview };
}

/** What was chosen, as an answer to the engine. */
export function answerTo(question: Question, chosen: Record<Pointer, Resolution>): ConflictAnswer {
  if (question.reason !== 'gone') return { resolutions: chosen };
  const { '': resolution } = chosen;
  if (resolution === 'local') return 'local';
  const value = question.preview(chosen).value;
  return value === undefined ? 'remote' : { value };
}

/** The error for choices that the schema refuses. */
export function invalidPreview(question: Question, issues: readonly StandardSchemaV1.Issue[]): InvalidMergeError {
  const { url, base, local, remote, patch = [] } = question;
  const words = issues.map(({ message }) => message).join('; ');
  return new InvalidMergeError(
    `What was chosen fails the schema of ${url}: ${words}. Nothing was sent; choose otherwise and submit again.`,
    { url, edit: { base, local, remote, patch }, issues },
  );
}
