import { internItems } from '../align/sequence.js';
import type { Change } from '../diff/change.js';
import { changeOf } from '../diff/change.js';
import type { JsonValue } from '../json.js';

/**
 * Merges lists without order or duplicates: remote's values in remote's order, without those that local removed, then those that local
 * added. `tell` is told of each change of local's whether remote has it. Values that are no scalars count as the same when they are equal throughout.
 */
export function mergeSet(
  base: readonly JsonValue[],
  local: readonly JsonValue[],
  remote: JsonValue[],
  tell?: (isThere: boolean) => void,
): Change {
  const all = [...base, ...local, ...remote];
  const [tokens] = internItems(all, []);
  const tokenAt = (at: number): number => tokens[at] ?? -1;
  const inBase = new Set(base.map((_, at) => tokenAt(at)));
  const inLocal = new Set(local.map((_, at) => tokenAt(base.length + at)));
  const seen = new Set<number>();
  const items: (number | Change)[] = [];
  remote.forEach((_, at) => {
    const token = tokenAt(base.length + local.length + at);
    seen.add(token);
    if (!inBase.has(token) || inLocal.has(token)) items.push(at);
    if (inBase.has(token) !== inLocal.has(token)) tell?.(inLocal.has(token));
  });
  local.forEach((item, at) => {
    const token = tokenAt(base.length + at);
    if (inBase.has(token) || seen.has(token)) return;
    seen.add(token);
    items.push(changeOf(item, 'new'));
    tell?.(false);
  });
  if ([...inBase].some((token) => !seen.has(token) && !inLocal.has(token))) tell?.(true);
  const change = changeOf(remote, 'here');
  if (items.length !== remote.length || items.some((item, at) => item !== at)) change.items = items;
  return change;
}
