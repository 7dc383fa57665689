export { makeDraft } from './make-draft.js';
export { undone } from './typed/typed.js';
