import type { StoredDoubt, StoredEdit, WayBack } from '../../client/outbox/index.js';
import type { SavedConflict } from '../../exports.js';

/** What is stored of one entry. */
export interface Stored {
  readonly format: 1;
  /** The tab that sends it, as long as it lives. */
  readonly tab: string;
  readonly since: number;
  readonly edit: StoredEdit;
  readonly doubts: readonly StoredDoubt[];
  /** Idempotency keys taken so far. */
  readonly keys: number;
  /** The server refused it: it waits for a person. */
  readonly isRefused: boolean;
  /** What it was made on top of, and was given up. */
  readonly without?: readonly WayBack[];
  /** The conflict that waits for a person, with what was chosen. */
  readonly conflict?: SavedConflict;
}

/** Whether something that was found in a storage is an entry. */
export function isStored(found: unknown): found is Stored {
  const { format, tab, since, edit, doubts, keys, without = [] } = Object(found);
  if (format !== 1 || typeof tab !== 'string' || typeof since !== 'number' || typeof keys !== 'number') return false;
  const { editId, url, kind, patch, base, local } = Object(edit);
  return (
    typeof editId === 'string' &&
    /^https?:/.test(String(url)) &&
    URL.canParse(url) &&
    ['update', 'create', 'delete'].includes(kind) &&
    isPatch(patch) &&
    Array.isArray(doubts) &&
    doubts.every((doubt) => typeof doubt.key === 'string' && Array.isArray(doubt.edits) && isPatch(doubt.patch)) &&
    Array.isArray(without) &&
    without.every((step: unknown) => Object(step).from !== undefined && Object(step).to !== undefined) &&
    base !== undefined &&
    local !== undefined
  );
}

/** Others are compared with its places. Whether it can be applied shows when it is. */
function isPatch(patch: unknown): boolean {
  if (!Array.isArray(patch)) return false;
  return patch.every((operation: unknown) => {
    const { path, from = '' } = Object(operation);
    return typeof path === 'string' && typeof from === 'string';
  });
}
