import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import { assertJson, frozenCopy, isFrozenJson } from '../../core/assert-json.js';
import { within } from '../../engine/clock.js';
import type { State } from '../../engine/port.js';
import { RetryLimitError } from '../../errors/outcome-errors.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { isSecretParameter, shownText, shownUrl } from '../../protocol/shown.js';
import type { ClientCore } from '../client-core.js';
import type { Way } from './way.js';

/** The state that a caller says an edit was made from. @throws MissingBaseError for one of another resource. */
export function givenBase({ url, value, version }: Snapshot<unknown>, target: URL): State {
  if (!isSameResource(url, target) || !holdsQueryOf(target.href, url)) throw baseOfAnother(String(url), target);
  // What is frozen all the way down can be kept as it is, as every snapshot; whatever else a caller gives stays the caller's.
  assertJson(value, 'the value of `base`');
  return { value: isFrozenJson(value) ? value : frozenCopy(value, undefined), version };
}

/** A query may shape what is read (`?expand=author`); which resource it is, the path says. */
export function isSameResource(read: unknown, target: URL): boolean {
  if (typeof read !== 'string' || !URL.canParse(read)) return false;
  const { origin, pathname } = new URL(read);
  return origin === target.origin && pathname === target.pathname;
}

export function baseOfAnother(read: string, target: URL): MissingBaseError {
  const url = shownUrl(target);
  return new MissingBaseError(
    `The \`base\` given for ${url} is a state of another resource, ${shownText(read)}. Pass a snapshot or a value that was read from ${url}.`,
    { url },
  );
}

/**
 * A query of a write's own (`?notify=true`) makes no other document of it; what was read with a query may be a part, or another, so that the write
 * must have it, too.
 */
export function holdsQueryOf(url: string, read: string): boolean {
  if (url === read || !read.includes('?')) return true;
  const { searchParams } = new URL(url);
  return [...new URL(read).searchParams].every(
    ([name, value]) =>
      searchParams.getAll(name).includes(value) ||
      // As results and errors show it.
      (value === 'hidden' && isSecretParameter(name) && searchParams.has(name)),
  );
}

/** What an edit is made on is read first: what there is of the edit by then. */
export interface FirstRead {
  readonly signal: AbortSignal | undefined;
  readonly read: (signal: AbortSignal) => Promise<State>;
  readonly again: () => Promise<EditResult>;
}

/** Reads what an edit is made on, within the time that the edit has. @returns it, and how much of that time is used. @throws RetryLimitError; whatever the read meets. */
export async function firstRead(
  { clock }: ClientCore,
  { policy, known }: Way,
  { signal, read, again }: FirstRead,
): Promise<{ readonly read: State; readonly spentMs: number }> {
  const { deadline } = policy.engine.retry;
  const { url } = known.resource;
  const startedAt = clock.now();
  let made: Promise<EditResult> | undefined;
  const late = (): RetryLimitError =>
    new RetryLimitError(
      `${url} could not be read within ${deadline} ms, and the edit must be made on what is there. Nothing was sent. Try again later with error.retry(), or raise \`retry.deadline\`.`,
      {
        url,
        edit: { base: undefined, local: undefined, remote: undefined, patch: [] },
        retry: () => {
          made ??= again();
          return made;
        },
      },
    );
  return { read: await within(clock, deadline, signal, read, late), spentMs: clock.now() - startedAt };
}
