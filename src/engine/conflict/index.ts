/** What only a write that was not simply accepted needs: nothing of it is reached from the loop but by what loads it. */
export { expiry, fail, outOfTime, rejectAll } from './endings.js';
export { readAnswer } from './read-answer.js';
export { undoRecreation } from './recreated.js';
export { refetch } from './refetch.js';
export { rejectMaking } from './reject-open.js';
export { joinShown } from './remaking/join-shown.js';
export { onto, remake } from './remaking/remake.js';
export { settleTag } from './settle-tag.js';
