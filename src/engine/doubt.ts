import type { JsonValue, Patch, PointerPattern } from '../core/json.js';
import { rebase } from '../core/rebase.js';
import type { MergeRule } from '../core/rule.js';
import type { State } from './port.js';

/** A write whose outcome is unknown: what was sent, against what, and why nobody knows. */
export interface Doubt {
  readonly on: State;
  readonly patch: Patch;
  readonly value: JsonValue;
  readonly cause: Error;
}

/**
 * Whether the state found now shows that the doubtful write landed. A patch lands whole, so one telling operation
 * decides; a counter alone tells nothing, because two clients going 5 → 6 look alike.
 */
export function landed(doubt: Doubt, found: State, merge: Record<PointerPattern, MergeRule>): 'yes' | 'no' | 'unknown' {
  const { on, patch } = doubt;
  return rebase({ base: on.value, patch, remote: found.value, merge, inDoubt: true }).landed ?? 'unknown';
}
