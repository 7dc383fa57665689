import type { Draft, DraftOptions } from '../../contract/draft.js';
import type { Resource } from '../../contract/resource.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { loadWithin } from '../chunks.js';
import type { ClientCore } from '../client-core.js';
import { badOption } from '../options/check.js';
import { runRecipe } from '../resource/recipe.js';
import type { Way } from '../resource/way.js';

/**
 * A draft of a handle's resource. Whoever has none does not load what it is made of: the first one is empty until that has come, as it is
 * until the first read.
 */
export function openDraft<T>(core: ClientCore, way: Way, resource: Resource<T>, options: DraftOptions<T>): Draft<T> {
  const { chunks, clock } = core;
  const open = (code: NonNullable<typeof chunks.draft.loaded>): Draft<T> =>
    code.makeDraft(core, way, resource, options, TOOLS);
  core.prefetch();
  if (chunks.draft.loaded !== undefined) return open(chunks.draft.loaded);

  const listeners = new Map<() => void, () => void>();
  let draft: Draft<T> | undefined;
  let opening: Promise<Draft<T>> | undefined;
  const begin = async (): Promise<Draft<T>> => {
    try {
      draft = open(await loadWithin(chunks.draft, clock, way.policy.engine.retry.deadline, undefined));
      for (const listener of listeners.keys()) listeners.set(listener, draft.subscribe(listener));
      return draft;
    } catch (error) {
      opening = undefined;
      Object.assign(empty, { status: 'failed', error });
      throw error;
    } finally {
      for (const listener of listeners.keys()) core.observe(listener);
    }
  };
  /** Asked for again where it did not come. */
  const load = (): Promise<Draft<T>> => {
    opening ??= begin();
    return opening;
  };
  const refuse = (): never => {
    throw notYet(resource.url);
  };
  const empty: Draft<T> = {
    value: undefined,
    base: undefined,
    status: 'empty',
    error: undefined,
    conflicts: [],
    patch: [],
    canUndo: false,
    canRedo: false,
    get ready() {
      return load().then(({ ready }) => ready);
    },
    change: refuse,
    set: refuse,
    save: async (given) => (await load()).save(given),
    discard() {},
    undo: () => false,
    redo: () => false,
    subscribe(listener) {
      const entry = (): void => listener();
      listeners.set(entry, () => {});
      return () => {
        listeners.get(entry)?.();
        listeners.delete(entry);
      };
    },
    close: async () => (await load()).close(),
  };
  // The draft tells what these meet: it asks again.
  if (resource.snapshot === undefined) resource.get().catch(() => {});
  load().catch(() => {});
  return new Proxy(empty, {
    get(_, name) {
      const now = draft ?? empty;
      const member: unknown = Reflect.get(now, name, now);
      return typeof member === 'function' ? member.bind(now) : member;
    },
  });
}

/** What is loaded already and a draft needs as well: handed over, because bundlers would put what is imported twice into a file of its own. */
export interface DraftTools {
  readonly runRecipe: typeof runRecipe;
  readonly badOption: typeof badOption;
  notYet(url: string): MissingBaseError;
}

const TOOLS: DraftTools = { runRecipe, badOption, notYet };

/** It cannot be changed yet. */
function notYet(url: string): MissingBaseError {
  return new MissingBaseError(
    `The draft of ${url} cannot be changed before its first read. Wait until \`value\` is there, or for \`ready\`.`,
    { url },
  );
}
