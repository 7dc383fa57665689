import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Client, DeepReadonly, Draft, DraftOptions, JsonValue, Resource } from '../index.js';
import { draftOf, holdDraft } from './drafts.js';
import { handleOf, hold } from './handles.js';
import { suspendFor } from './reads.js';

/** How a component works on a draft. Where components share one, `autosave` and `from` of the first count, and the latest `onConflict`. */
export interface UseDraftOptions<T = JsonValue> extends DraftOptions<T> {
  /** Suspends until there is a value. An error of the read goes to the error boundary. Default `false`. */
  readonly suspense?: boolean;
}

/** A draft for a component. Its functions stay the same for as long as the draft does. */
export interface DraftView<T = JsonValue>
  extends Pick<Draft<T>, 'value' | 'base' | 'status' | 'error' | 'conflicts' | 'canUndo' | 'canRedo'>,
    Pick<Draft<T>, 'change' | 'set' | 'save' | 'discard' | 'undo' | 'redo'> {
  readonly draft: Draft<T>;
}

/** With `suspense` there is a value. */
export interface SuspendedDraftView<T = JsonValue> extends DraftView<T> {
  readonly value: DeepReadonly<T>;
}

type Facts = Pick<Draft<unknown>, (typeof FACTS)[number]>;

const FACTS = ['value', 'base', 'status', 'error', 'conflicts', 'canUndo', 'canRedo'] as const;
const NOTHING: Facts = Object.freeze({
  value: undefined,
  base: undefined,
  status: 'empty',
  error: undefined,
  conflicts: [],
  canUndo: false,
  canRedo: false,
});

/**
 * Works on a draft of a resource: a form, a text that saves itself. All components of one handle share one draft. It outlives them until
 * what was typed is saved: one that is shown again finds the text.
 *
 * @example
 * ```tsx
 * import { createClient } from 'unconflict';
 * import { useDraft } from 'unconflict/react';
 *
 * const client = createClient({ prefix: 'https://api.example.com' });
 *
 * function Title() {
 *   const article = useDraft<{ title: string }>(client, 'articles/1', { autosave: true });
 *   if (article.value === undefined) return <p>Loading</p>;
 *   return (
 *     <label>
 *       Title
 *       <input value={article.value.title} onChange={({ target }) => article.set('/title', target.value)} />
 *       {article.status}
 *     </label>
 *   );
 * }
 * ```
 *
 * @param client Its options hold what is known about the resource. In place of client and URL there may be a handle.
 * @returns a view. What `save()` rejects with is in `error` as well.
 */
export function useDraft<T = JsonValue>(
  client: Client,
  url: string,
  options: UseDraftOptions<T> & { readonly suspense: true },
): SuspendedDraftView<T>;
export function useDraft<T = JsonValue>(client: Client, url: string, options?: UseDraftOptions<T>): DraftView<T>;
export function useDraft<T>(
  resource: Resource<T>,
  options: UseDraftOptions<T> & { readonly suspense: true },
): SuspendedDraftView<T>;
export function useDraft<T>(resource: Resource<T>, options?: UseDraftOptions<T>): DraftView<T>;
export function useDraft<T>(
  source: Client | Resource<T>,
  second?: string | UseDraftOptions<T>,
  third?: UseDraftOptions<T>,
): DraftView<T> {
  const { suspense = false, ...options } = (typeof second === 'object' ? second : third) ?? {};
  const client = typeof source === 'function' ? source : undefined;
  const url = typeof second === 'string' ? second : '';
  // The tables of handles and drafts know no document types; this URL's documents are what the caller says they are.
  const resource = (typeof source === 'function' ? handleOf(source, url) : source) as Resource<unknown>;
  if (suspense) suspendFor(resource);
  const entry = draftOf(resource, options as DraftOptions<unknown>);
  const { draft } = entry;
  // There may be a value already, and its code still on its way.
  if (suspense && draft.status === 'empty') throw draft.ready;
  if (suspense && draft.value === undefined && draft.error !== undefined) throw draft.error;

  const subscribe = useCallback((listener: () => void) => draft.subscribe(listener), [draft]);
  const now = useMemo(() => factsOf(draft), [draft]);
  const facts = useSyncExternalStore(subscribe, now, suspense ? now : () => NOTHING);

  useEffect(
    () => holdDraft(resource, entry, client === undefined ? () => {} : hold(client, url)),
    [resource, entry, client, url],
  );
  const acts = useMemo(() => actsOf(draft), [draft]);
  return useMemo(() => ({ ...facts, ...acts, draft }), [facts, acts, draft]) as DraftView<T>;
}

/** What the draft shows; the same object until something of it changes. */
function factsOf(draft: Draft<unknown>): () => Facts {
  let last = NOTHING;
  return () => {
    const { value, base, status, error, conflicts, canUndo, canRedo } = draft;
    const next: Facts = { value, base, status, error, conflicts, canUndo, canRedo };
    if (FACTS.some((fact) => next[fact] !== last[fact])) last = next;
    return last;
  };
}

function actsOf(
  draft: Draft<unknown>,
): Pick<DraftView<unknown>, 'change' | 'set' | 'save' | 'discard' | 'undo' | 'redo'> {
  return {
    change: (recipe) => draft.change(recipe),
    set: (path, value) => draft.set(path, value),
    // It need not be awaited: what it rejects with is in `error`.
    save: (options) => {
      const saving = draft.save(options);
      saving.catch(() => {});
      return saving;
    },
    discard: () => draft.discard(),
    undo: () => draft.undo(),
    redo: () => draft.redo(),
  };
}
