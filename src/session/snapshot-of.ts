import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { SessionConflict, SessionSnapshot, SessionStatus } from '../contract/conflict-session.js';
import type { EditResult } from '../contract/snapshot.js';
import { freezeJson } from '../core/assert-json.js';
import type { Resolution } from '../core/conflict.js';
import type { Pointer } from '../core/json.js';
import { hasOwn } from '../core/json.js';
import type { Namer } from './label.js';
import type { Question } from './question.js';

/** What a session knows of itself. */
export interface SessionState {
  readonly question: Question;
  readonly status: SessionStatus;
  readonly chosen: Readonly<Record<Pointer, Resolution>>;
  readonly changed: ReadonlySet<Pointer>;
  readonly issues: readonly StandardSchemaV1.Issue[] | undefined;
  readonly canUndo: boolean;
  readonly result: EditResult | undefined;
  readonly error: unknown;
  readonly namer: Namer;
}

export function snapshotOf(state: SessionState): SessionSnapshot {
  const { question, status, chosen, changed, issues, canUndo, result, error, namer } = state;
  const { reason, url, base, local, remote } = question;
  const conflicts = question.conflicts.map((conflict): SessionConflict => {
    const { basePath } = conflict;
    return Object.freeze({
      ...conflict,
      label: namer(conflict, [base, local, remote]),
      choice: hasOwn(chosen, basePath) ? chosen[basePath] : undefined,
      changed: changed.has(basePath),
    });
  });
  const merged = question.preview(chosen);
  const { value } = merged;
  return Object.freeze({
    status,
    reason,
    url,
    base,
    local,
    remote,
    conflicts: Object.freeze(conflicts),
    open: conflicts.filter(({ choice }) => choice === undefined).length,
    ready: merged.conflicts.length === 0,
    preview: value === undefined ? undefined : freezeJson(value),
    issues,
    canUndo,
    result,
    error,
  });
}
