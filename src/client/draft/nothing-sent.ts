import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import { undoable } from '../../engine/landing.js';

const NONE = { url: '', value: null, version: undefined };

/** The result of a save that had nothing to send. */
export function nothingSent({ url, value, version }: Snapshot = NONE): EditResult {
  const facts = { attempts: 0, rebased: false, alreadyApplied: true, patch: [], resolved: [] };
  return undoable({ url, value, version, ...facts }, undefined, undefined);
}

/** What is told elsewhere. */
export const nothing = (): void => {};
