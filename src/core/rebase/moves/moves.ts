import { identityIn, LIKELY_KEYS } from '../../align/keys.js';
import { maySurvive } from '../../align/lists.js';
import type { Change } from '../../diff/change.js';
import { changeOf, childrenOf, isTouchedInside, wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { childOf, formatPointer } from '../../pointer.js';
import { answerTo, clashOf, settle } from '../conflict.js';
import { baseTokens, imageOf, keyOf, listAt, nearOf, placeOf, wouldBe } from '../image.js';
import type { Clash, Image, Run } from '../run.js';
import { isTouched } from '../run.js';
import type { Origin, Traced } from '../traced.js';
import { isFromBase } from '../traced.js';

/** What stands where local moved something to, with remote's edits to it. `undefined`: it does not come. `isChosen`: an answer has put it there. */
export function arrive(run: Run, node: Traced, isChosen = false): Change | undefined {
  if (run.arrived.has(node)) return run.arrived.get(node);
  const change = bring(run, node, isChosen);
  run.arrived.set(node, change);
  return change;
}

function bring(run: Run, node: Traced, isChosen: boolean): Change | undefined {
  const { origin } = node;
  if (origin === undefined) return undefined;
  const image = imageOf(run, origin);
  if (image === undefined) {
    // The source is gone, or nobody can tell which item it is now.
    const near = nearOf(run, origin);
    const doubt = near === undefined ? doubtOf(run, origin) : undefined;
    if (doubt !== undefined)
      return asked(run, origin, () => answerTo(run, doubt)) === 'local' ? run.merging.covered(run, node) : undefined;
    if (near === undefined && isChosen) return run.merging.covered(run, node);
    const place = placeOf(run, origin, near?.tokens ?? wouldBe(run, origin));
    const kind = near === undefined ? 'move' : 'ambiguous-array';
    const clash = clashOf(kind, place, origin.value, node, near?.value);
    const settled = (): Change | undefined =>
      settle(run, clash, {
        local: () => {
          if (near !== undefined) run.elsewhere.push({ tokens: near.tokens, change: leave(run, node, near.value) });
          return run.merging.covered(run, node);
        },
        remote: () => undefined,
      });
    return near === undefined ? settled() : asked(run, origin, settled);
  }
  const place = placeOf(run, origin, image.tokens);
  const merged = asked(run, origin, () => run.merging.value(run, origin.value, node, image.value, place));
  if (merged === undefined) {
    run.settled.add(node);
    return undefined;
  }
  const comes = (): Change => ({ ...merged, was: merged.was === 'here' ? image.tokens : merged.was, at: -1 });
  if (!image.isElsewhere && !hasMovedWithin(run, node)) return comes();
  // Remote carried it to another place.
  return settle(run, clashOf('order', place, origin.value, node, image.value), {
    local: () => {
      run.elsewhere.push({ tokens: image.tokens, change: leave(run, node, image.value) });
      return comes();
    },
    remote: () => {
      goOn(run, image.tokens, merged);
      return undefined;
    },
  });
}

/** An answer covers what is in it. What came from elsewhere remote may have changed where it was: that is told all the same. */
function asked<T>(run: Run, origin: Origin, ask: () => T): T {
  const { covered } = run;
  const isWithin = (at: Origin | undefined): boolean =>
    at !== undefined && (covered.some((node) => node.origin === at) || isWithin(at.parent));
  if (!isWithin(origin)) run.covered = [];
  const asked = ask();
  run.covered = covered;
  return asked;
}

/** The question about a list in which something may still be that local moved out of it: the list's own, so that one answer is for both. */
function doubtOf(run: Run, { parent, token }: Origin): Clash | undefined {
  const list = parent && listAt(run, parent);
  const local = run.lists.get(parent?.value ?? null);
  if (list === undefined || parent === undefined || local === undefined || !Array.isArray(parent.value))
    return undefined;
  if (!maySurvive(list.aligned, parent.value, list.there, Number(token))) return undefined;
  const place = placeOf(run, parent, imageOf(run, parent)?.tokens ?? []);
  return clashOf('ambiguous-array', place, parent.value, local, [...list.there]);
}

/** What becomes of something where remote has carried it. */
function goOn(run: Run, tokens: readonly string[], change: Change | undefined): void {
  if (change === undefined || isTouched(run, change)) run.elsewhere.push({ tokens, change: change ?? null });
}

/** Makes local's edits of something where remote has carried it. False: remote has not, as far as one can tell. */
export function follows(run: Run, node: Traced): boolean {
  const { origin } = node;
  const image = origin && imageOf(run, origin);
  if (origin === undefined || image?.isElsewhere !== true) return false;
  goOn(run, image.tokens, run.merging.value(run, origin.value, node, image.value, placeOf(run, origin, image.tokens)));
  return true;
}

/** Whether remote has moved an item to another place of its list. */
function hasMovedWithin(run: Run, { origin }: Traced): boolean {
  const list = origin?.parent && listAt(run, origin.parent);
  return list?.aligned.stayed()?.[Number(origin?.token)] === 0;
}

/**
 * Makes local's edits inside of something that remote removed, but for items that it carried elsewhere before: there they go on. True: there
 * is more to it.
 */
export function follow(run: Run, local: Traced): boolean {
  if (!isFromBase(local)) return true;
  let isMore = !isTouchedInside(local);
  for (const child of childrenOf(local)) {
    const isOwn = child.origin?.parent === local.origin;
    if (!(isOwn && follows(run, child)) && (follow(run, child) || !isOwn)) isMore = true;
  }
  // What local removed, remote has removed with the rest.
  for (const left of local.gone?.values() ?? [])
    if (!removeElsewhere(run, left) && run.present.has(left)) isMore = true;
  return isMore;
}

/**
 * Removes what local took out of something before that was removed as well, where remote has carried it elsewhere: by itself, or inside of
 * something (`isOut`).
 */
export function followRemovals(run: Run, local: Traced, isOut = false): void {
  if (!isFromBase(local)) return;
  for (const left of local.gone?.values() ?? []) removeElsewhere(run, left, isOut && Array.isArray(local.value));
  for (const child of childrenOf(local))
    followRemovals(
      run,
      child,
      isOut || (child.origin !== undefined && imageOf(run, child.origin)?.isElsewhere === true),
    );
}

/**
 * Removes what local removed where remote has carried it, and what had been taken out of it before. What local had carried into something
 * that it removed later stays where remote has put it. False: remote has not carried it, as far as one can tell.
 */
export function removeElsewhere(run: Run, left: Traced, isOut = false): boolean {
  if (run.present.has(left)) return false;
  const image = left.origin && imageOf(run, left.origin);
  if (left.origin === undefined || image === undefined || !(image.isElsewhere || isOut)) {
    followRemovals(run, left);
    return false;
  }
  if (left.moved || isPutThere(run, left.origin, image)) return true;
  const place = placeOf(run, left.origin, image.tokens);
  goOn(run, image.tokens, run.merging.removal(run, left, left.origin.value, image.value, place));
  return true;
}

/** Whether local has put an item of that key where remote has carried this one: what becomes of it is settled there. */
function isPutThere(run: Run, { parent, value }: Origin, { tokens }: Image): boolean {
  // The list is new on both sides.
  const known = parent && keyOf(run, parent);
  const identity = known && identityIn(value, known);
  if (parent === undefined || known === undefined || identity === undefined) return false;
  const there = named(run.remote, tokens.slice(0, -1));
  const mine = run.siblings.local(baseTokens(parent)).find(identity, known);
  return mine.some(({ sibling }) => named(wholeOf(run.local), sibling.tokens) === there);
}

/** What a place is called, items by their keys. */
function named(document: JsonValue, tokens: readonly string[]): string {
  let value: JsonValue | undefined = document;
  return formatPointer(
    tokens.map((token) => {
      const isItem = Array.isArray(value);
      value = value === undefined ? undefined : childOf(value, token);
      const key = LIKELY_KEYS.find((one) => isItem && identityIn(value, one) !== undefined);
      return key === undefined ? token : `${identityIn(value, key)}`;
    }),
  );
}

/** Remote has at its target what local moved there: it leaves its source in any case. */
export function settleThere(run: Run, node: Traced): void {
  run.settled.add(node);
  run.isThere = true;
}

/** Remote's value at a place that local moved something away from: it leaves if that arrives. */
export function leave(run: Run, node: Traced, remote: JsonValue): Change {
  const change = changeOf(remote, 'here');
  run.leaving.set(change, node);
  return change;
}
