import type { Operation } from 'fast-json-patch';
import type { JsonValue } from '../../core/json.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { isMadeFromNewer, isSameInLists } from '../plain/base/made-from-newer.js';
import type { HandedOut } from '../resource/known-resource.js';

/**
 * A whole value, or an index into a list, that names no base was made from the newest state. Where it may have been made from an older one, what
 * others did since would be taken back without a word.
 *
 * @throws MissingBaseError where it does not tell.
 */
export function assertNewest(
  wanted: { readonly local: JsonValue } | { readonly patch: readonly Operation[] },
  newest: JsonValue,
  { states, moves, url }: { readonly states: HandedOut; readonly moves: number; readonly url: string },
): void {
  const isNewest = (older: JsonValue): boolean =>
    'patch' in wanted
      ? isSameInLists(wanted.patch, older, newest)
      : isMadeFromNewer({ form: 'put', value: wanted.local }, older, newest);
  if (states.older(moves).every(isNewest)) return;
  states.doubt();
  const what =
    'patch' in wanted
      ? 'the patch does not tell which items its indices mean'
      : 'the value does not tell which version it was made from';
  throw new MissingBaseError(
    `Others have changed ${url} since it was first read, and ${what}: it may come from a form that was opened before. Pass { base }: the snapshot it was made from.`,
    { url },
  );
}
