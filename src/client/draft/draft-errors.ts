import type { ConflictAnswer } from '../../contract/resolver.js';
import type { Resource } from '../../contract/resource.js';
import type { EditResult } from '../../contract/snapshot.js';
import { ConflictError, GoneError } from '../../errors/index.js';
import type { Typed } from './typed/typed.js';

/** The engine's error about what was sent, as one about what is on the screen. `retry` goes on from there, once. */
export function conflictOf(
  { message, attempts, cause, remote: found, merged, conflicts }: ConflictError,
  { latest, from: base, local, patch, conflicts: open }: Typed,
  retry: (answer: ConflictAnswer) => Promise<EditResult>,
): ConflictError {
  let going: Promise<EditResult> | undefined;
  const remote = found === undefined ? undefined : latest.value;
  return new ConflictError(message, {
    url: latest.url,
    attempts,
    cause,
    base,
    local,
    remote,
    merged,
    patch,
    conflicts: open.length === 0 ? conflicts : open,
    edit: { base, local, remote, patch },
    retry: (answer) => {
      going ??= retry(answer);
      return going;
    },
  });
}

/** It was deleted; of the last save's error that counts for as long as it is not there again. */
export function isGone({ status, snapshot }: Resource, error: Error | undefined): boolean {
  const isTold = error instanceof GoneError || (error instanceof ConflictError && error.remote === undefined);
  return status === 'gone' || (snapshot === undefined && isTold);
}

/** Nobody was there to ask about a deletion. */
export function goneOf({ attempts, cause }: ConflictError, { latest, from: base, local, patch }: Typed): GoneError {
  const { url } = latest;
  return new GoneError(
    `${url} was deleted while it was being edited. Set \`gone\` or a resolver to say what that means; what was typed is in the draft.`,
    { url, attempts, cause, edit: { base, local, remote: undefined, patch }, local },
  );
}

/** What a save is broken off with. React Native has no DOMException. */
export function abortError(message: string): Error {
  return Object.assign(new Error(message), { name: 'AbortError' });
}
