import type { Draft, DraftOptions, Resource } from '../index.js';

/** ms a saved draft outlives the last component that shows it. */
const KEEP = 60_000;

/** A draft that components share: one of each handle. */
export interface HeldDraft {
  readonly draft: Draft<unknown>;
  readonly autosave: boolean;
  /** Those of the latest render: a resolver is often made anew by each. */
  options: DraftOptions<unknown>;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const held = new WeakMap<Resource<unknown>, HeldDraft>();

/** The draft of a handle, the same for every render and every component: one that suspends or is rendered twice keeps nothing of its own. */
export function draftOf(resource: Resource<unknown>, options: DraftOptions<unknown>): HeldDraft {
  const known = held.get(resource);
  if (known !== undefined) {
    known.options = options;
    return known;
  }
  const { autosave = false, onConflict, from } = options;
  const draft = resource.draft({
    autosave,
    ...(from && { from }),
    ...(onConflict && { onConflict: (context) => (made.options.onConflict ?? onConflict)(context) }),
  });
  const made: HeldDraft = { draft, options, autosave: autosave !== false, users: 0, timer: undefined };
  held.set(resource, made);
  return made;
}

/** Keeps the draft for as long as a component shows it, and beyond that until nothing is unsaved. What it returns lets go. */
export function holdDraft(resource: Resource<unknown>, entry: HeldDraft, release: () => void): () => void {
  clearTimeout(entry.timer);
  entry.users += 1;
  const letGo = (): void => {
    const { draft } = entry;
    // What it rejects with is in the draft, where the next component finds it.
    if (entry.users === 0 && entry.autosave) draft.save().catch(() => {});
    whenSaved(draft, () => {
      release();
      if (entry.users > 0 || typeof window === 'undefined') return;
      entry.timer = setTimeout(() => {
        held.delete(resource);
        draft.close().catch(() => {});
      }, KEEP);
    });
  };
  return () => {
    entry.users -= 1;
    // StrictMode takes every component away and puts it back in one go: that is no reason to save.
    queueMicrotask(letGo);
  };
}

/** Calls once there is nothing to be saved: now, or when that is so. */
function whenSaved(draft: Draft<unknown>, call: () => void): void {
  const isSaved = (): boolean => draft.status === 'clean' || draft.status === 'empty';
  if (isSaved()) {
    call();
    return;
  }
  const stop = draft.subscribe(() => {
    if (!isSaved()) return;
    stop();
    call();
  });
}
