import { createClient, type DeepReadonly, type Draft, type LiveOptions, type Resource } from 'unconflict';

export interface Note {
  title: string;
  body: string;
}

let note: Resource<Note> | undefined;
let draft: Draft<Note> | undefined;

const opened = (): Resource<Note> => {
  if (note === undefined) throw new Error('open() comes first');
  return note;
};

/** Reads a note and looks at it: with live values, or as a page does that has none. */
export async function open(api: string, live: LiveOptions | false): Promise<DeepReadonly<Note> | undefined> {
  const client = createClient({ prefix: api });
  if (live !== false) client.live({ every: false, onFocus: false, onReconnect: false, ...live });
  note = client.resource<Note>('notes/1');
  note.subscribe(() => {});
  await note.get();
  return note.value;
}

export const shown = (): DeepReadonly<Note> | undefined => opened().value;

export async function read(): Promise<void> {
  await opened().get();
}

export async function write(changes: Partial<Note>): Promise<void> {
  await opened().edit((now) => void Object.assign(now, changes));
}

export async function remove(): Promise<void> {
  await opened().delete();
}

export const status = (): string => opened().status;

/** Begins a draft and types a title into it. */
export async function type(title: string): Promise<void> {
  draft = opened().draft();
  draft.subscribe(() => {});
  await draft.ready;
  draft.set('/title', title);
}

export const typed = (): { value: DeepReadonly<Note> | undefined; conflicts: number } => ({
  value: draft?.value,
  conflicts: draft?.conflicts.length ?? 0,
});
