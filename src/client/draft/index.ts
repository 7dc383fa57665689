export { makeDraft } from './make-draft.js';
export { undone } from './undone.js';
