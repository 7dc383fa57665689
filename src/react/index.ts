export { preload } from './reads.js';
export { type ConflictView, useConflict } from './use-conflict.js';
export { type DraftView, type SuspendedDraftView, type UseDraftOptions, useDraft } from './use-draft.js';
export { type OutboxView, useOutbox } from './use-outbox.js';
export { type ResourceView, type SuspendedResourceView, type UseResourceOptions, useResource } from './use-resource.js';
