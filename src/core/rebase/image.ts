import type { Key, Sibling, Siblings } from '../align/keys.js';
import { identityIn, indexed, isRecognised, LIKELY_KEYS } from '../align/keys.js';
import type { ListAlignment } from '../align/lists.js';
import { alignLists } from '../align/lists.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonObject, JsonValue, Pointer } from '../json.js';
import { isContainer, isObject } from '../json.js';
import { empty, matchAt } from '../pattern.js';
import { childOf, formatPointer } from '../pointer.js';
import type { AlignRule } from '../rules/merge-rules.js';
import { readLocalList } from './list/local-list.js';
import type { MergePlace } from './place.js';
import { childPlace, remoteTokens, rootPlace } from './place.js';
import type { Image, Maybe, Run } from './run.js';
import type { Origin } from './traced.js';

/** The alignment of two lists, made once. A key that local has broken identifies nothing: the list is a plain sequence then. */
export function alignmentOf(
  run: Run,
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
): ListAlignment {
  const known = run.alignments.get(base)?.get(remote);
  if (known !== undefined) return known;
  let made = alignLists(base, remote, rule, true, run.different);
  const local = run.lists.get(Array.isArray(base) ? base : null);
  if (made.key !== undefined && local !== undefined && readLocalList(base, local, made, rule) === undefined)
    made = alignLists(base, remote, rule, false, run.different);
  const all = run.alignments.get(base) ?? new Map<readonly JsonValue[], ListAlignment>();
  run.alignments.set(base, all.set(remote, made));
  return made;
}

/** Where a base place is in remote; undefined when remote has removed it or nobody can tell. */
export function imageOf(run: Run, origin: Origin): Image | undefined {
  if (run.images.has(origin)) return run.images.get(origin);
  const image = findImage(run, origin);
  run.images.set(origin, image);
  return image;
}

function findImage(run: Run, origin: Origin): Image | undefined {
  const { parent, token } = origin;
  if (parent === undefined) return { value: run.remote, tokens: [], isElsewhere: false };
  const above = imageOf(run, parent);
  if (Array.isArray(parent.value)) {
    const index = Number(token);
    const list = listAt(run, parent);
    const to = list?.aligned.toR[index] ?? -1;
    const value = list?.there[to];
    if (above !== undefined && list !== undefined && value !== undefined)
      return list.aligned.unsure[index] === 1
        ? undefined
        : { value, tokens: [...above.tokens, `${to}`], isElsewhere: false };
    return elsewhere(run, parent, index);
  }
  if (above === undefined || !isObject(above.value) || !Object.hasOwn(above.value, token)) return undefined;
  return { value: above.value[token] ?? null, tokens: [...above.tokens, token], isElsewhere: false };
}

function ruleFor(run: Run, origin: Origin): AlignRule | undefined {
  return empty(run.rules.align) ? undefined : matchAt(run.rules.align, baseTokens(origin));
}

/** A list of base, as remote has it; undefined: it is none there. */
export function listAt(
  run: Run,
  list: Origin,
): { readonly there: readonly JsonValue[]; readonly aligned: ListAlignment } | undefined {
  const there = imageOf(run, list)?.value;
  if (!Array.isArray(list.value) || !Array.isArray(there)) return undefined;
  return { there, aligned: alignmentOf(run, list.value, there, ruleFor(run, list)) };
}

const NOTHING: readonly JsonValue[] = [];
const NOWHERE: Siblings = { lists: [], find: () => [] };

/** The key by which a list of base's items are known, were there nothing else. */
export function keyOf(run: Run, list: Origin): Key | undefined {
  return Array.isArray(list.value) ? alignmentOf(run, list.value, NOTHING, ruleFor(run, list)).key : undefined;
}

/** Looks for an item in the lists that it may have left its own for: its key must be unique among them on all sides. */
function elsewhere(run: Run, list: Origin, index: number): Image | undefined {
  if (!Array.isArray(list.value) || list.parent === undefined) return undefined;
  const rule = ruleFor(run, list);
  if (rule?.rule === 'set' || rule?.rule === 'atomic') return undefined;
  const item = list.value[index] ?? null;
  const key = keyOf(run, list);
  const identity = key === undefined ? undefined : identityIn(item, key);
  if (key === undefined || identity === undefined) return undefined;
  const path = baseTokens(list);
  const { siblings } = run;
  if (siblings.base(path).find(identity, key).length > 0) return undefined;
  // No index of remote's stands for what is gone.
  const there = imageOf(run, list)?.tokens ?? wouldBe(run, list, '-');
  const near = siblings.remote(there);
  const [found, ...others] = [...near.find(identity, key), ...carriedLists(run, path, near).find(identity, key)];
  if (found === undefined || others.length > 0) return undefined;
  const value = found.sibling.list[found.at] ?? null;
  if (found.sibling.isStrange && !isRecognised(item, value)) return undefined;
  if (siblings.local(path).find(identity, key).length > 1) return undefined;
  return { value, tokens: [...found.sibling.tokens, `${found.at}`], isElsewhere: true };
}

/** What base has beside a list, where remote has carried it to other places than beside that list. */
function carriedLists(run: Run, path: readonly string[], near: Siblings): Siblings {
  const name = path.join('/');
  const known = run.carried.get(name);
  if (known !== undefined) return known;
  // Whoever asks on the way finds nothing: what it asks about is above.
  run.carried.set(name, NOWHERE);
  const seen = new Set(near.lists.map(({ list }) => list));
  const lists = run.siblings.base(path).lists.flatMap(({ tokens, isStrange }): Sibling[] => {
    const image = imageOf(run, originAt(run, tokens));
    const list = image?.value;
    if (image === undefined || !Array.isArray(list) || seen.has(list)) return [];
    return [{ tokens: image.tokens, list, isStrange }];
  });
  const made = indexed(lists);
  run.carried.set(name, made);
  return made;
}

/** A place of base that nothing has touched. */
function originAt(run: Run, tokens: readonly string[]): Origin {
  let origin: Origin = { parent: undefined, token: '', value: run.base };
  for (const token of tokens) {
    const { value } = origin;
    origin = { parent: origin, token, value: (isContainer(value) ? childOf(value, token) : undefined) ?? null };
  }
  return origin;
}

/** Where an item may be that cannot be told for sure. */
export function nearOf(run: Run, { parent, token }: Origin): Image | undefined {
  const list = parent && listAt(run, parent);
  const at = list?.aligned.toR[Number(token)] ?? -1;
  const value = list?.there[at];
  if (parent === undefined || value === undefined) return undefined;
  return { value, tokens: [...(imageOf(run, parent)?.tokens ?? []), `${at}`], isElsewhere: false };
}

/** The place of something in base, with what it is called in remote, for telling about it. */
export function placeOf(run: Run, origin: Origin, remote: readonly string[]): MergePlace {
  let place = rootPlace(run.rules);
  baseTokens(origin).forEach((token, at) => {
    place = childPlace(place, token, token, remote[at] ?? token);
  });
  return place;
}

/**
 * Where something that remote has removed would be: behind the nearest sibling before it that remote still has. `index`: what stands for its
 * index instead.
 */
export function wouldBe(run: Run, { parent, token }: Origin, index?: string): string[] {
  if (parent === undefined) return [];
  const above = imageOf(run, parent);
  if (above === undefined) return [...wouldBe(run, parent, index), token];
  const list = listAt(run, parent);
  return [...above.tokens, list === undefined ? token : (index ?? `${indexBehind(list.aligned.toR, Number(token))}`)];
}

/** The remote index behind the nearest base sibling before `at` that remote still has. */
export function indexBehind(toR: Int32Array, at: number): number {
  for (let before = at - 1; before >= 0; before -= 1) {
    const to = toR[before] ?? -1;
    if (to >= 0) return to + 1;
  }
  return 0;
}

/** So many values are looked at for the sake of messages. */
const MOST_SEARCHED = 20_000;

/** Where a side has probably put what it has removed here: something new that is equal, an item of the same key, or an object that is mostly the same. */
export function hintFor(run: Run, base: JsonValue, place: MergePlace, side: JsonValue): Pointer | undefined {
  const found: string[] = [];
  const near = place.parent && remoteTokens(place.parent);
  const isIt = (value: JsonValue): boolean =>
    deepEqual(value, base) || (isObject(value) && isObject(base) && isMaybeSame(base, value));
  const visit = (now: JsonValue, before: Maybe, tokens: readonly string[]): void => {
    if (now === before || !isContainer(now)) return;
    for (const name of Object.keys(now)) {
      // A word in a message is not worth a search without end.
      if (found.length > 0 || run.searched.count++ > MOST_SEARCHED) return;
      const value = childOf(now, name) ?? null;
      const was = isContainer(before) ? childOf(before, name) : undefined;
      if ((isContainer(base) || near?.join('/') === tokens.join('/')) && isIt(value)) {
        const isNew = Array.isArray(now)
          ? !(Array.isArray(before) && before.some((one) => isIt(one)))
          : was === undefined;
        if (isNew) found.push(formatPointer([...tokens, name]));
      } else visit(value, was, [...tokens, name]);
    }
  };
  if (run.searched.count <= MOST_SEARCHED) visit(side, run.base, []);
  return found[0];
}

/** By a key that both have, though members were added or taken out; without one, by all of more than one member. */
function isMaybeSame(base: JsonObject, value: JsonObject): boolean {
  const keys = LIKELY_KEYS.filter((key) => identityIn(base, key) !== undefined);
  if (keys.length === 0) return Object.keys(base).length > 1 && isRecognised(base, value);
  const isSame = keys.some((key) => identityIn(base, key) === identityIn(value, key));
  return isSame && (isRecognised(base, value) || isRecognised(value, base));
}

/** A base place's tokens. */
export function baseTokens(origin: Origin): string[] {
  const tokens: string[] = [];
  for (let at = origin; at.parent !== undefined; at = at.parent) tokens.push(at.token);
  return tokens.reverse();
}
