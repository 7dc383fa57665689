import { ConflictError, EditError, InDoubtError, LockedError, RetryLimitError } from '../../exports.js';

/** What a failed try means for an entry. */
export type Verdict = 'paused' | 'conflicted' | 'in-doubt' | 'waiting' | 'refused';

const LATER: readonly string[] = ['ERR_FAILED', 'ERR_CHUNK'];

export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof EditError)) return 'refused';
  if (statusOf(error) === 401) return 'paused';
  if (error instanceof ConflictError) return 'conflicted';
  if (error instanceof InDoubtError) return error.looked ? 'in-doubt' : doubtOf(error);
  const isLater = error instanceof LockedError || error instanceof RetryLimitError || LATER.includes(error.code);
  return isLater ? 'waiting' : 'refused';
}

/** A definite error during a doubt is its cause. */
function doubtOf({ cause }: InDoubtError): Verdict {
  if (!(cause instanceof EditError)) return 'waiting';
  const verdict = verdictOf(cause);
  return verdict === 'refused' ? 'in-doubt' : verdict;
}

function statusOf(error: EditError): number | undefined {
  const { cause } = error;
  return error.status ?? (cause instanceof EditError ? cause.status : undefined);
}
