import type { ConflictCode } from '../batch.js';
import { expiry, fail, outOfTime, rejectAll } from './endings.js';
import { readAnswer } from './read-answer.js';
import { undoRecreation } from './recreated.js';
import { refetch } from './refetch.js';
import { rejectMaking } from './reject-open.js';
import { joinShown } from './remaking/join-shown.js';
import { onto, remake } from './remaking/remake.js';
import { settleTag } from './settle-tag.js';

/** All that the loop needs of this folder. */
export const conflictCode: ConflictCode = {
  readAnswer,
  refetch,
  settleTag,
  joinShown,
  remake,
  undoRecreation,
  expiry,
  fail,
  outOfTime,
  rejectAll,
  rejectMaking,
  onto,
};
