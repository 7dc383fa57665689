import { identityIn, LIKELY_KEYS } from '../../align/keys.js';
import { alignByAnyKey } from '../../align/lists.js';
import { pairByValue } from '../../align/sequence.js';
import { deepEqual } from '../../deep-equal.js';
import type { Change } from '../../diff/change.js';
import { changeOf, childrenOf, isTouchedInside, itemsOf, wholeOf, without } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { hasOwn, isContainer, isObject } from '../../json.js';
import type { PatternCursor } from '../../pattern.js';
import { empty, value as ruleOf, step } from '../../pattern.js';
import type { AlignRule } from '../../rules/merge-rules.js';
import { withoutServer } from '../../rules/server.js';
import { settle } from '../conflict.js';
import { hintFor, imageOf, nearOf } from '../image.js';
import type { MergePlace } from '../place.js';
import type { Clash, Run } from '../run.js';
import type { Traced } from '../traced.js';
import { beforeOf, isFromBase } from '../traced.js';
import { followRemovals, leave } from './moves.js';

/** Local removed what remote still has. What local moved out of it before is no part of that. */
export function removeThere(
  run: Run,
  left: Traced,
  base: JsonValue,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  followRemovals(run, left);
  const moved: Traced[] = [];
  const rest = withoutMoved(run, left, remote, moved);
  const clash: Clash = { kind: 'delete-modify', place, base, local: undefined, remote, operations: left.ops };
  const goes = (answered?: Clash): Change | undefined => {
    if (moved.length === 0) return undefined;
    run.waits.set(rest, { out: moved, goes: undefined, clash: answered });
    return rest;
  };
  if (moved.length > 0) {
    rest.whole = undefined;
    if (isPartOf(without(rest, (child) => run.leaving.has(child)).value, baseWithout(run, left), place.align))
      return goes();
  } else if (
    isPartOf(apart(run, remote, place), apart(run, base, place), place.align) &&
    !isCarried(run, remote, base, place, wholeOf(run.local))
  )
    return undefined;
  return settle(run, clash, { local: () => goes(clash), remote: () => rest });
}

/** Whether one side took a part out of a keyed item that the other has not removed, but put where it is not followed: there the part still is. */
export function isCarried(run: Run, value: JsonValue, base: JsonValue, place: MergePlace, other: JsonValue): boolean {
  const isKeyed = LIKELY_KEYS.some((key) => identityIn(base, key) !== undefined);
  return isKeyed && !run.evidence && !deepEqual(value, base) && hintFor(run, base, place, other) !== undefined;
}

/** A value without what the server owns in it: what happens to that is nobody's change. */
export function apart({ rules }: Run, value: JsonValue, { decide }: MergePlace): JsonValue {
  return rules.hasServer && !empty(decide) ? (withoutServer(value, decide) ?? null) : value;
}

/** What takes the place of something waits for what local moved out of that before, as its removal does. */
export function behindMoved(
  run: Run,
  before: Traced | undefined,
  remote: JsonValue,
  change: Change | undefined,
  clash: () => Clash,
): Change | undefined {
  if (before === undefined || change === undefined || change.was === 'here') return change;
  const moved: Traced[] = [];
  const goes = withoutMoved(run, before, remote, moved);
  if (moved.length > 0) run.waits.set(change, { out: moved, goes, clash: clash() });
  return change;
}

/** What local moved out of something before it replaced that. */
export function movedOutOf(run: Run, before: Traced, remote: JsonValue): readonly Traced[] {
  const moved: Traced[] = [];
  withoutMoved(run, before, remote, moved);
  return moved;
}

/** Remote's value with what local moved out of it marked as leaving. */
function withoutMoved(run: Run, node: Traced, remote: JsonValue, moved: Traced[]): Change {
  const change = changeOf(remote, 'here');
  const left = beforeOf(node);
  if (!isFromBase(left)) return change;
  for (const child of [...childrenOf(left), ...(left.gone?.values() ?? [])]) {
    const { origin } = child;
    if (origin === undefined || origin.parent !== left.origin) continue;
    const isMoved = run.present.has(child);
    const image = imageOf(run, origin) ?? (isMoved ? nearOf(run, origin) : undefined);
    if (image === undefined || image.isElsewhere) continue;
    if (isMoved) moved.push(child);
    const inside = isMoved ? leave(run, child, image.value) : withoutMoved(run, child, image.value, moved);
    if (!isMoved && !isTouchedInside(inside)) continue;
    const token = image.tokens.at(-1) ?? '';
    if (Array.isArray(remote)) {
      inside.at = Number(token);
      itemsOf(change, remote)[inside.at] = inside;
    } else {
      change.members ??= new Map();
      change.members.set(token, inside);
    }
  }
  return change;
}

/** What base had in something, without what local moved out of it. */
function baseWithout(run: Run, node: Traced): JsonValue {
  const { value } = node;
  if (!isFromBase(node)) return node.origin?.value ?? value;
  const kept = new Map<string, JsonValue | undefined>();
  for (const child of [...childrenOf(node), ...(node.gone?.values() ?? [])])
    if (child.origin !== undefined && child.origin.parent === node.origin)
      kept.set(child.origin.token, run.present.has(child) ? undefined : baseWithout(run, child));
  if (!isContainer(value)) return value;
  const left = Object.entries(value).flatMap(([token, inner]): [string, JsonValue][] => {
    const rest = kept.has(token) ? kept.get(token) : inner;
    return rest === undefined ? [] : [[token, rest]];
  });
  return Array.isArray(value) ? left.map(([, item]) => item) : Object.fromEntries(left);
}

/** Whether local has done nothing to a container but to move things out of it. */
export function isOnlyLeft(run: Run, node: Traced): boolean {
  return !node.replaced && deepEqual(wholeOf(node), baseWithout(run, node));
}

/**
 * Whether `value` is what is left of `whole` after something was taken out, at whatever depth, and nothing put in or changed. With `rules`,
 * items that are known by more than their place may stand in another order: what is removed is removed wherever it went.
 */
export function isPartOf(value: JsonValue, whole: JsonValue, rules?: PatternCursor<AlignRule>): boolean {
  if (value === whole) return true;
  if (Array.isArray(value) && Array.isArray(whole)) {
    const rule = rules && ruleOf(rules);
    const toW = rule?.rule === 'set' ? pairByValue(value, whole) : rules && alignByAnyKey(value, whole, rule)?.toR;
    if (toW !== undefined)
      return value.every((item, at) => {
        const before = whole[toW[at] ?? -1];
        return before !== undefined && isPartOf(item, before, rules && step(rules, `${at}`));
      });
    let at = 0;
    for (const item of whole) {
      const next = value[at];
      if (next === undefined) break;
      if (isPartOf(next, item)) at += 1;
    }
    return at === value.length;
  }
  if (!isObject(value) || !isObject(whole)) return deepEqual(value, whole);
  return Object.entries(value).every(([name, member]) => {
    const before = hasOwn(whole, name) ? whole[name] : undefined;
    return before !== undefined && isPartOf(member, before, rules && step(rules, name));
  });
}
