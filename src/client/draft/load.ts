/** What a draft needs once it is there. It comes later than the first page, by itself. */
export type DraftCode = typeof import('./index.js');

export function loadDraftCode(): Promise<DraftCode> {
  return import('./index.js');
}
