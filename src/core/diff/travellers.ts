import { identityIn } from '../align/keys.js';
import { findInLists, isRecognised, siblingsOf } from '../align/siblings.js';
import type { JsonValue } from '../json.js';
import { getAt } from '../pointer.js';
import type { Change } from './change.js';
import type { Comparison, Rules, Traveller } from './walk.js';
import { compare } from './walk.js';

/** Tells items that left one list and stand in a sibling list as carried there, with what changed inside them. */
export function pairTravellers(run: Comparison, before: JsonValue, after: JsonValue, rules: Rules): void {
  const left = new Map<string | number | undefined, Traveller[]>();
  for (const one of run.left) {
    const identity = identityIn(one.value, one.key);
    left.set(identity, [...(left.get(identity) ?? []), one]);
  }
  for (const came of run.came.splice(0)) {
    const identity = identityIn(came.value, came.key);
    const [from, ...others] = left.get(identity) ?? [];
    if (identity === undefined || came.item === undefined || from === undefined || others.length > 0) continue;
    const lists = siblingsOf(before, from.list, rules);
    const target = lists.find(({ tokens }) => tokens.join('/') === came.old?.join('/'));
    if (target === undefined || (target.isStrange && !isRecognised(from.value, came.value))) continue;
    const now = siblingsOf(after, came.list, rules);
    const own = getAt(after, came.list);
    const there =
      own.present && Array.isArray(own.value)
        ? own.value.filter((item) => identityIn(item, came.key) === identity).length
        : 0;
    // Only one of this key, before and after: else it is not known which it is.
    if (findInLists(lists, identity, from.key).length > 0 || there + findInLists(now, identity, came.key).length !== 1)
      continue;
    carry(run, from, came, came.item);
  }
}

function carry(run: Comparison, from: Traveller, came: Traveller, item: Change): void {
  run.from.splice(0, run.from.length, ...from.list, from.at);
  run.to.splice(0, run.to.length, ...came.list, came.at);
  const inside = compare(run, from.value, came.value, came.rules);
  run.from.length = 0;
  run.to.length = 0;
  if (inside?.was === 'new') return;
  Object.assign(item, inside ?? { value: from.value, whole: came.value }, {
    was: [...from.list, `${from.at}`],
    at: -1,
  });
}
