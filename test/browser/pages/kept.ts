import {
  type Client,
  counter,
  createClient,
  type DeepReadonly,
  isUnconflictError,
  type Resource,
  StorageError,
  set,
} from 'unconflict';
import { indexedDb, type Outbox, outbox } from 'unconflict/outbox';

export interface Note {
  title: string;
  tags: string[];
  views: number;
}

/** What a person can do to a note. */
export interface Change {
  readonly title?: string;
  readonly tag?: string;
  readonly views?: number;
}

/** What the outbox shows, as JSON. */
export interface Shown {
  readonly entries: readonly { readonly resource: string; readonly state: string; readonly code: string | undefined }[];
  readonly storage: StorageError['reason'] | null;
}

let kept: Outbox;
let client: Client;
const handles = new Map<string, Resource<Note>>();

/** Handles are held, as a page holds those that it shows. */
function note(path: string): Resource<Note> {
  const found = handles.get(path) ?? client.resource<Note>(path);
  handles.set(path, found);
  return found;
}

/** Starts the application. @param deadline ms, of an edit. */
export function start(api: string, owner: string, deadline = 30_000): void {
  kept = outbox({ storage: indexedDb('notes'), owner });
  client = createClient({
    prefix: api,
    outbox: kept,
    defaults: { merge: { '/views': counter(), '/tags': set() }, retry: { minDelay: 5, maxDelay: 50, deadline } },
  });
}

/** The same, and tells what it shows of these notes as soon as the outbox is ready, before it has asked anybody. */
export async function open(
  api: string,
  owner: string,
  paths: readonly string[] = [],
): Promise<readonly (DeepReadonly<Note> | undefined)[]> {
  start(api, owner);
  await kept.ready;
  return paths.map((path) => note(path).value);
}

export async function read(...paths: string[]): Promise<void> {
  await Promise.all(paths.map((path) => note(path).get()));
}

export const value = (path: string): DeepReadonly<Note> | undefined => note(path).value;

/** Edits a note and does not wait for it, as a page does not. What came of it is in `endings`. */
export function edit(path: string, { title, tag, views = 0 }: Change): void {
  const name = tag ?? title ?? String(views);
  const told = (ending: string): void => void endings.push(`${name}: ${ending}`);
  note(path)
    .edit((draft) => {
      if (title !== undefined) draft.title = title;
      if (tag !== undefined) draft.tags.push(tag);
      draft.views += views;
    })
    .then(
      () => told('saved'),
      (error: unknown) => told(isUnconflictError(error) ? error.code : String(error)),
    );
}

/** One edit for each tag. */
export function editEach(path: string, tags: readonly string[]): void {
  for (const tag of tags) edit(path, { tag });
}

/** How the edits of this page have ended so far. */
const endings: string[] = [];
export const told = (): readonly string[] => endings;

export function shown(): Shown {
  const { entries, error } = kept;
  return {
    entries: entries.map(({ resource, state, error: met }) => ({
      resource: new URL(resource).pathname,
      state,
      code: isUnconflictError(met) ? met.code : undefined,
    })),
    storage: error instanceof StorageError ? error.reason : null,
  };
}

/** What is in the storage: the keys of every owner. */
export async function stored(): Promise<readonly string[]> {
  return indexedDb('notes').keys();
}

export const retry = (place: number): void => kept.retry(kept.entries[place]?.id ?? '');
export const discard = (place: number): void => kept.discard(kept.entries[place]?.id ?? '');
/** Answers the conflict of an entry. */
export function decide(place: number, side: 'local' | 'remote'): void {
  const session = kept.entries[place]?.session;
  session?.chooseAll(side);
  session?.submit().catch(() => {}); // The entry tells.
}
export const pause = (): void => kept.pause();
export const resume = (): void => kept.resume();
export const clear = (): Promise<void> => kept.clear();

/** What another part of the application, or another version of it, has put there. */
export const put = (key: string, text: string): Promise<unknown> => indexedDb('notes').set(key, text);

let opened: IDBDatabase | undefined;

/** Holds the database open, and wants it deleted: nobody else can open it until this page is gone. */
export async function block(): Promise<void> {
  const request = indexedDB.open('notes');
  await new Promise((resolve) => {
    request.onupgradeneeded = () => request.result.createObjectStore('unconflict');
    request.onsuccess = resolve;
  });
  opened = request.result;
  opened.onversionchange = () => {};
  const deletion = indexedDB.deleteDatabase('notes');
  await new Promise((resolve) => {
    deletion.onblocked = resolve;
  });
}
