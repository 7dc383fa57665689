import type { ListAlignment } from './align-by-key.js';
import { alignLists } from './align-lists.js';
import { deepEqual } from './deep-equal.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue, Pointer } from './json.js';
import { isObject } from './json.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { matchAt, step } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { baseTokensOf, remoteTokens, rootPlace } from './place-in-merge.js';
import { formatPointer, getAt } from './pointer.js';
import type { Origin } from './traced.js';

/** The alignment of two lists, made once; `useKeys: false` makes it anew as a sequence. */
export function alignmentOf(
  run: MergeRun,
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
  useKeys = true,
): ListAlignment {
  let known = run.alignments.get(base);
  if (known === undefined) {
    known = new Map();
    run.alignments.set(base, known);
  }
  const found = known.get(remote);
  if (found !== undefined && (useKeys || found.key === undefined)) return found;
  const made = alignLists(base, remote, rule, useKeys);
  known.set(remote, made);
  return made;
}

/** Where something of base is in remote, and what it is there. */
export interface Image {
  readonly value: JsonValue;
  readonly tokens: string[];
}

/** Where a base place is in remote; undefined when remote has removed it or nobody can tell. */
export function imageOf(run: MergeRun, origin: Origin): Image | undefined {
  const chain: Origin[] = [];
  for (let at: Origin | undefined = origin; at !== undefined; at = at.parent) chain.push(at);
  chain.reverse();
  let value = run.remote;
  const tokens: string[] = [];
  const walked: string[] = [];
  for (let depth = 1; depth < chain.length; depth += 1) {
    const above = chain[depth - 1]?.value;
    const token = chain[depth]?.token ?? '';
    let next: Maybe;
    let name = token;
    if (Array.isArray(above) && Array.isArray(value)) {
      const aligned = alignmentOf(run, above, value, matchAt(run.rules.align, walked));
      const index = Number(token);
      const to = aligned.toR[index] ?? -1;
      next = to < 0 || aligned.unsure[index] === 1 ? undefined : value[to];
      name = `${to}`;
    } else if (!Array.isArray(above) && value !== null && typeof value === 'object' && !Array.isArray(value)) {
      next = Object.hasOwn(value, token) ? value[token] : undefined;
    }
    if (next === undefined) return undefined;
    value = next;
    tokens.push(name);
    walked.push(token);
  }
  return { value, tokens };
}

/** Where an item may be that cannot be told for sure. */
export function nearOf(run: MergeRun, { parent, token }: Origin): Image | undefined {
  const above = parent === undefined ? undefined : imageOf(run, parent);
  if (parent === undefined || above === undefined || !Array.isArray(parent.value) || !Array.isArray(above.value))
    return undefined;
  const { toR } = alignmentOf(run, parent.value, above.value, matchAt(run.rules.align, baseTokens(parent)));
  const at = toR[Number(token)] ?? -1;
  const value = above.value[at];
  return value === undefined ? undefined : { value, tokens: [...above.tokens, `${at}`] };
}

/** The place of something in base, with what it is called in remote, for telling about it. */
export function placeOf(run: MergeRun, origin: Origin, remote: readonly string[]): MergePlace {
  let place = rootPlace(run.rules);
  baseTokens(origin).forEach((token, at) => {
    const theirs = remote[at] ?? token;
    place = {
      parent: place,
      base: token,
      local: token,
      remote: theirs,
      align: step(place.align, theirs),
      decide: step(place.decide, theirs),
    };
  });
  return place;
}

/** Where something that remote has removed would be: behind the nearest sibling before it that remote still has. */
export function wouldBe(run: MergeRun, origin: Origin): string[] {
  const { parent, token } = origin;
  if (parent === undefined) return [];
  const above = imageOf(run, parent);
  if (above === undefined) return [...wouldBe(run, parent), token];
  if (!Array.isArray(parent.value) || !Array.isArray(above.value)) return [...above.tokens, token];
  const { toR } = alignmentOf(run, parent.value, above.value, matchAt(run.rules.align, baseTokens(parent)));
  return [...above.tokens, `${indexBehind(toR, Number(token))}`];
}

/** The remote index behind the nearest base sibling before `at` that remote still has. */
export function indexBehind(toR: Int32Array, at: number): number {
  for (let before = at - 1; before >= 0; before -= 1) {
    const to = toR[before] ?? -1;
    if (to >= 0) return to + 1;
  }
  return 0;
}

/** Where remote has probably put what it has removed here: a member that is new and equal. */
export function hintFor(run: MergeRun, base: JsonValue, place: MergePlace): Pointer | undefined {
  if (place.parent === undefined) return undefined;
  const above = getAt(run.remote, remoteTokens(place.parent));
  const before = getAt(run.base, baseTokensOf(place.parent));
  if (!above.present || !isObject(above.value) || !before.present || !isObject(before.value)) return undefined;
  const known = before.value;
  const found = Object.entries(above.value).find(
    ([name, value]) => !Object.hasOwn(known, name) && deepEqual(value, base),
  );
  return found === undefined ? undefined : formatPointer([...remoteTokens(place.parent), found[0]]);
}

/** A base place's tokens. */
export function baseTokens(origin: Origin): string[] {
  const tokens: string[] = [];
  for (let at = origin; at.parent !== undefined; at = at.parent) tokens.push(at.token);
  return tokens.reverse();
}
