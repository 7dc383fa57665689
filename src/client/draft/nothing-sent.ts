import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue } from '../../core/json.js';
import { undoable } from '../../engine/landing.js';

/** The result of a save that had nothing to send. */
export function nothingSent(url: string, value: JsonValue, version: string | undefined): EditResult {
  const facts = { attempts: 0, rebased: false, alreadyApplied: true, patch: [], resolved: [] };
  return undoable({ url, value, version, ...facts }, undefined, undefined);
}

/** What is told elsewhere. */
export const nothing = (): void => {};
