import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue, Patch, Pointer } from '../core/json.js';
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
