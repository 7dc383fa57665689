import type { BeforeErrorHook, KyInstance, Options as KyOptions } from 'ky';
import type { Thrown } from './answers.js';
import { readThrown } from './answers.js';

const NOTE = 'unconflict.note';

/** Where the error is noted that ky made, before hooks of the user's put another in its place. */
class Note {
  error: Error | undefined;
}

/** The first `beforeError` hook of every instance that {@link askKy} is given. */
export const noteError: BeforeErrorHook = ({ error, options }) => {
  const note = options.context[NOTE];
  if (note instanceof Note) note.error = error;
  return error;
};

/** What came of a request. */
export type Came = { readonly kind: 'accepted'; readonly response: Response } | Thrown;

/**
 * Sends a request and tells what came of it, as a value. What the server answered is read from ky's own error; what is
 * thrown in the end may be a hook's.
 */
export async function askKy(instance: KyInstance, url: URL, options: KyOptions): Promise<Came> {
  const note = new Note();
  try {
    const context = { ...options.context, [NOTE]: note };
    return { kind: 'accepted', response: await instance(url, { ...options, throwHttpErrors: true, context }) };
  } catch (thrown) {
    return readThrown(thrown, note.error);
  }
}
