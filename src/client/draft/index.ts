export { undone } from './undone.js';
export { WorkingDraft } from './working-draft.js';
