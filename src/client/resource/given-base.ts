import type { Snapshot } from '../../contract/snapshot.js';
import { assertJson, frozenCopy, isFrozenJson } from '../../core/assert-json.js';
import type { State } from '../../engine/port.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { isSecretParameter, shownText, shownUrl } from '../../protocol/shown.js';

/** The state that a caller says an edit was made from. @throws MissingBaseError for one of another resource. */
export function givenBase({ url, value, version }: Snapshot<unknown>, target: URL): State {
  if (!isReadOf(url, target)) {
    const shown = shownUrl(target);
    throw new MissingBaseError(
      `The \`base\` given for ${shown} is a state of another resource, ${shownText(String(url))}. Pass a snapshot that was read from ${shown}.`,
      { url: shown },
    );
  }
  // What is frozen all the way down can be kept as it is, as every snapshot; whatever else a caller gives stays the caller's.
  assertJson(value, 'the value of `base`');
  return { value: isFrozenJson(value) ? value : frozenCopy(value, undefined), version };
}

function isReadOf(read: unknown, target: URL): boolean {
  if (typeof read !== 'string' || !URL.canParse(read)) return false;
  const { origin, pathname, href } = new URL(read);
  return origin === target.origin && pathname === target.pathname && holdsQueryOf(target, href);
}

/**
 * A query of a write's own (`?notify=true`) makes no other document of it; what was read with a query may be a part, or another, so that the write
 * must have it, too.
 */
export function holdsQueryOf(url: URL, read: string): boolean {
  if (url.href === read || !read.includes('?')) return true;
  return [...new URL(read).searchParams].every(
    ([name, value]) =>
      url.searchParams.getAll(name).includes(value) ||
      // As results and errors show it.
      (value === 'hidden' && isSecretParameter(name) && url.searchParams.has(name)),
  );
}
