import type { BeforeErrorHook, BeforeRequestHook, KyInstance, Options as KyOptions } from 'ky';
import type { RequestFacts } from '../../contract/events.js';
import type { Thrown } from './answers.js';
import { readThrown } from './answers.js';

const NOTE = 'unconflict.note';

/** What hooks of ours see of a request. */
class Note {
  /** ky's own error, before hooks of the user's put another in its place. */
  error: Error | undefined;
  /** The user's hooks have let it go. */
  sent = false;
  readonly precondition: Precondition | undefined;

  constructor(precondition: Precondition | undefined) {
    this.precondition = precondition;
  }
}

/** What a write must still have when it leaves, so that it takes nobody's save: a header, or parameters of the query. */
export interface Precondition {
  readonly header?: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
}

/** @throws Error for a request that has lost its precondition: only a hook can have taken it. */
function assertConditional({ url, headers }: Request, { header, query = [] }: Precondition): void {
  const { searchParams } = new URL(url);
  const lost =
    header !== undefined && !headers.has(header) ? header : query.find(([name]) => !searchParams.has(name))?.[0];
  if (lost === undefined) return;
  throw new Error(
    `Nothing was sent: a hook took ${lost} off the request, and without it the write could overwrite a newer version.`,
  );
}

/** The first `beforeError` hook of every instance that {@link askKy} is given. */
export const noteError: BeforeErrorHook = ({ error, options }) => {
  const note = options.context[NOTE];
  if (note instanceof Note) note.error = error;
  return error;
};

/** The last `beforeRequest` hook of every instance that {@link askKy} is given. */
export const noteSending: BeforeRequestHook = ({ request, options }) => {
  const note = options.context[NOTE];
  if (!(note instanceof Note)) return;
  if (note.precondition !== undefined) assertConditional(request, note.precondition);
  note.sent = true;
};

/** What came of a request. */
export type Came =
  | { readonly kind: 'accepted'; readonly response: Response }
  | Thrown
  /** It was not sent: a hook would not let it go, or it cannot be made. */
  | { readonly kind: 'unsent'; readonly error: Error };

/**
 * Sends a request and tells what came of it, as a value. What the server answered is read from ky's own error; what is
 * thrown in the end may be a hook's.
 *
 * @param edits Ids of those the request is sent for, which a `fetch` of the user's is told.
 */
export async function askKy(
  instance: KyInstance,
  url: URL,
  options: KyOptions,
  edits: readonly string[],
  precondition?: Precondition,
): Promise<Came> {
  const note = new Note(precondition);
  try {
    const context = { ...options.context, [NOTE]: note };
    // What ky does not know, it hands to `fetch` as its second argument.
    const facts: { unconflict?: RequestFacts } = edits.length === 0 ? {} : { unconflict: { edits } };
    const asked = { ...options, ...facts, throwHttpErrors: true, context };
    return { kind: 'accepted', response: await instance(url, asked) };
  } catch (thrown) {
    const read = readThrown(thrown, note.error);
    return read.kind === 'other' && !note.sent ? { kind: 'unsent', error: read.error } : read;
  }
}
