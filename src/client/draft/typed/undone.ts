import type { Snapshot } from '../../../contract/snapshot.js';
import type { JsonValue, Patch } from '../../../core/json.js';
import { invert } from '../../../core/patch/invert.js';
import { rebase } from '../../../core/rebase/rebase.js';
import type { Landing } from '../../../engine/landing.js';
import type { Rules } from './typed.js';
import { mine } from './typed.js';

/** The patch that takes back an edit's own part, made for the state it landed in. What was sent together with it and overwrote it stays. */
export function undone({ on, patch, value, sent }: Landing, landed: Snapshot<unknown>, merge: Rules): Patch {
  const back = rebase({ base: value, patch: invert(on, patch), remote: sent, merge });
  // The server may have stored another form of it: that is still the edit's own.
  return mine({ from: sent, patch: back.patch }, landed.value as JsonValue, merge).patch;
}
