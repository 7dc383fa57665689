import type { ResolvedConflict } from '../../core/conflict.js';
import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { openComposition } from '../../core/patch/compose.js';
import type { GivenAnswer } from '../conflict/asking/still-holding.js';
import type { Edit } from './edit.js';
import type { Intent } from './edit-input.js';

/** Edits in a row, each made on what came of the one before: one edit to the server, and to whoever is asked about it. */
export interface Joint {
  readonly edits: readonly [Edit, ...Edit[]];
  readonly intent: Intent;
  /** Whoever made this one has seen what its own client had written until then. Undefined: all of it, as who answered has. */
  readonly lead: Edit | undefined;
  readonly answers: readonly GivenAnswer[];
  /** What was settled on the way to what its last edits were made on. */
  readonly settled?: readonly ResolvedConflict[];
  /** It was asked about in vain, as part of more: its conflicts end it. */
  readonly unanswered: { readonly cause: unknown } | undefined;
}

/** Joins neighbours that were made one on the other. What was made on another state of the resource stays by itself. */
export function joinEdits(edits: readonly Edit[]): Joint[] {
  forgetBrokenAnswers(edits);
  const rows: [Edit, ...Edit[]][] = [];
  for (const edit of edits) {
    const row = rows.at(-1);
    if (row !== undefined && follows(edit, row.at(-1))) row.push(edit);
    else rows.push([edit]);
  }
  return rows.map((row) => jointOf(row, undefined));
}

/** The edits one by one: to find out whose fault it is that they cannot be made together. */
export function takenApart({ edits }: Joint, unanswered: Joint['unanswered']): Joint[] {
  return edits.map((edit) => jointOf([edit], unanswered));
}

/** Patches in a row, the first of which is for `base`, as one. */
export function asOne(base: JsonValue, patches: readonly Patch[]): Patch {
  const [only = [], second] = patches;
  if (second === undefined) return only;
  const whole = openComposition(base);
  for (const patch of patches) whole.add(patch);
  return whole.patch;
}

function jointOf(edits: [Edit, ...Edit[]], unanswered: Joint['unanswered']): Joint {
  const [first, second] = edits;
  const last = edits.at(-1) ?? first;
  const lead = first.intent.base === first.input.base ? first : undefined;
  if (second === undefined) return { edits, intent: first.intent, lead, answers: first.answers, unanswered };
  const { base } = first.intent;
  const patch = asOne(
    base,
    edits.map(({ intent }) => intent.patch),
  );
  const isDerived = edits.every(({ intent }) => intent.isDerived === true);
  const answers = [...new Set(edits.flatMap((edit) => edit.answers))];
  return { edits, intent: { base, local: last.intent.local, patch, isDerived }, lead, answers, unanswered };
}

function follows({ intent, input }: Edit, before: Edit | undefined): boolean {
  if (before === undefined || input.replay !== undefined || before.input.replay !== undefined) return false;
  const { local } = before.intent;
  return intent.base === local || deepEqual(intent.base, local);
}

/** A whole value was answered for all of them: when one has left, what it was about is another question. */
function forgetBrokenAnswers(edits: readonly Edit[]): void {
  const here = new Set(edits);
  for (const edit of edits) {
    if (edit.answeredWith.every((other) => here.has(other))) continue;
    edit.intent = edit.input;
    edit.answeredWith = [];
    edit.settledByValue = edit.input.before?.settledByValue ?? [];
  }
}
