import type { Snapshot } from '../../../contract/snapshot.js';
import type { MergeConflict, RebaseOutput, Resolution } from '../../../core/conflict.js';
import { deepEqual } from '../../../core/deep-equal.js';
import { diff } from '../../../core/diff/diff.js';
import type { JsonValue, Patch, Pointer, PointerPattern } from '../../../core/json.js';
import { apply } from '../../../core/patch/apply.js';
import { compose } from '../../../core/patch/compose.js';
import { invert } from '../../../core/patch/invert.js';
import { localWins, movedOn } from '../../../core/rebase/moves/moved-on.js';
import type { RebaseInput } from '../../../core/rebase/rebase.js';
import { rebase } from '../../../core/rebase/rebase.js';
import type { MergeRule } from '../../../core/rules/rule.js';
import type { Landing } from '../../../engine/landing.js';

export type Rules = Record<PointerPattern, MergeRule>;

/** A change, and what it was made on. */
export interface Change {
  readonly from: JsonValue;
  readonly patch: Patch;
}

/**
 * What was typed and on what. Never changed: every step makes another.
 *
 * `patch` leads from `from` to `local`. Without a conflict `from` is `ground`. Where others changed what was typed, `from` is `ground` with
 * the old value at just those places, so that everything else has moved on and only they are open.
 */
export interface Typed extends Change {
  readonly latest: Snapshot<JsonValue>;
  /** What the person knows to be worked on: the latest, until something collides. */
  readonly base: Snapshot<JsonValue>;
  /** The latest, but with the person's own form of what the server stored in another. */
  readonly ground: JsonValue;
  /** What is on the screen. */
  readonly local: JsonValue;
  readonly conflicts: readonly MergeConflict[];
}

/** Nothing was typed yet. */
export function untouched(latest: Snapshot<JsonValue>, ground: JsonValue = latest.value): Typed {
  return { latest, base: latest, ground, from: ground, patch: [], local: ground, conflicts: [] };
}

/** The person made `patch` on what is on the screen. */
export function typedOn(typed: Typed, patch: Patch, merge: Rules): Typed {
  const local = apply(typed.local, patch);
  const next = { ...typed, ...added(typed, patch), local };
  return next.from === next.ground ? next : onto(next, next.latest, next.ground, merge);
}

/** A change and one made on what came of it, as one. What comes to nothing is none. */
export function added({ from, patch }: Change, next: Patch): Change {
  const whole = compose(from, patch, next);
  return { from, patch: deepEqual(apply(from, whole), from) ? [] : whole };
}

/** Others saved something: it goes under what was typed. `own` is that state in the person's own form; `inDoubt`: it may be what was typed. */
export function movedTo(
  typed: Typed,
  latest: Snapshot<JsonValue>,
  own: JsonValue,
  merge: Rules,
  inDoubt = false,
): Typed {
  return onto(typed, latest, inOwnForm(typed, own), merge, inDoubt);
}

/** The person's own save came to `latest`; `since` is what was typed after it was sent. `own` is that state in the person's own form. */
export function saved(typed: Typed, latest: Snapshot<JsonValue>, own: JsonValue, since: Change, merge: Rules): Typed {
  return onto({ ...typed, ...since, base: latest }, latest, inOwnForm(typed, own), merge);
}

/** From here on the server's own form is shown, but where something was typed since. */
export function settled(typed: Typed, merge: Rules): Typed {
  const { latest, ground, from } = typed;
  if (ground === latest.value || from !== ground) return typed;
  return { ...typed, ground: latest.value, from: latest.value, ...mine(typed, latest.value, merge) };
}

/** Somebody answered: that is what is on the screen, made on the latest. */
export function answered(typed: Typed, local: JsonValue, merge: Rules): Typed {
  const { latest, ground } = typed;
  return { ...typed, base: latest, from: ground, patch: diff(ground, local, { merge }), local, conflicts: [] };
}

/** What answers to the open conflicts come to, and what they leave open. */
export function preview(
  { ground, ...change }: Typed,
  resolutions: Record<Pointer, Resolution>,
  merge: Rules,
): RebaseOutput {
  return rebase({ ...editOf(change), remote: ground, merge, resolutions });
}

/** A change on another value, the person's own wherever both changed the same. */
export function mine(
  change: Change,
  remote: JsonValue,
  merge: Rules,
): { readonly patch: Patch; readonly local: JsonValue } {
  const { patch, value } = localWins({ ...editOf(change), remote, merge }, isOne(change));
  return { patch, local: value };
}

function onto(typed: Typed, latest: Snapshot<JsonValue>, ground: JsonValue, merge: Rules, inDoubt = false): Typed {
  if (typed.patch.length === 0) return untouched(latest, ground);
  const moved = movedOn({ ...editOf(typed), remote: ground, merge, inDoubt }, isOne(typed));
  return { latest, base: moved.conflicts.length === 0 ? latest : typed.base, ground, ...moved };
}

/** The latest with the person's own form where the server's is not shown yet. Where others changed it since, theirs. */
function inOwnForm({ latest, ground }: Typed, value: JsonValue): JsonValue {
  return ground === latest.value ? value : rebase({ base: latest.value, local: ground, remote: value }).value;
}

/** A change as an edit. One that replaces the whole was found by comparing, and is merged part by part. */
function editOf(change: Change): Pick<RebaseInput, 'base' | 'patch' | 'local'> {
  const { from: base, patch } = change;
  return isOne(change) ? { base, patch } : { base, local: apply(base, patch) };
}

const isOne = ({ patch }: Change): boolean => patch.every(({ path }) => path !== '');

/** The patch that takes back an edit's own part, made for the state it landed in. What was sent together with it and overwrote it stays. */
export function undone({ on, patch, value, sent }: Landing, landed: Snapshot<unknown>, merge: Rules): Patch {
  const back = rebase({ base: value, patch: invert(on, patch), remote: sent, merge });
  // The server may have stored another form of it: that is still the edit's own.
  return mine({ from: sent, patch: back.patch }, landed.value as JsonValue, merge).patch;
}
