import type { ConflictAnswer } from '../../contract/resolver.js';
import type { EditResult } from '../../contract/snapshot.js';
import { ConflictError, GoneError } from '../../errors/index.js';
import type { Typed } from './typed.js';

/** The engine's error about what was sent, as one about what is on the screen. `retry` goes on from there, once. */
export function conflictOf(
  { message, attempts, cause, merged, conflicts }: ConflictError,
  { latest, from: base, local, patch, conflicts: open }: Typed,
  retry: (answer: ConflictAnswer) => Promise<EditResult>,
): ConflictError {
  let going: Promise<EditResult> | undefined;
  return new ConflictError(message, {
    url: latest.url,
    attempts,
    cause,
    base,
    local,
    remote: latest.value,
    merged,
    patch,
    conflicts: open.length === 0 ? conflicts : open,
    edit: { base, local, remote: latest.value, patch },
    retry: (answer) => {
      going ??= retry(answer);
      return going;
    },
  });
}

/** Nobody was there to ask about a deletion. */
export function goneOf({ attempts, cause }: ConflictError, { latest, from: base, local, patch }: Typed): GoneError {
  const { url } = latest;
  return new GoneError(
    `${url} was deleted while it was being edited. Set \`gone\` or a resolver to say what that means; what was typed is in the draft.`,
    { url, attempts, cause, edit: { base, local, remote: undefined, patch }, local },
  );
}
