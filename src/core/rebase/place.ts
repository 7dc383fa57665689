import type { Pointer } from '../json.js';
import type { PatternCursor } from '../pattern.js';
import { root, step } from '../pattern.js';
import { formatPointer } from '../pointer.js';
import type { AlignRule, MergeRules } from '../rules/merge-rules.js';
import type { MergeRule } from '../rules/rule.js';

/** Where a merge is: the same place in base, local and remote, and in the rules. Made while going down, read when something is to be told. */
export interface MergePlace {
  readonly parent: MergePlace | undefined;
  /** Undefined: base lacks it. */
  readonly base: string | undefined;
  readonly local: string;
  /** What an item that base lacks is called where base has an item at its index. */
  readonly named?: string;
  /** Where it is in remote, or would be. */
  readonly remote: string;
  readonly align: PatternCursor<AlignRule>;
  readonly decide: PatternCursor<MergeRule>;
}

export function rootPlace(rules: MergeRules): MergePlace {
  return {
    parent: undefined,
    base: '',
    local: '',
    remote: '',
    align: root(rules.align),
    decide: root(rules.decide),
  };
}

/** A member's place: it has one name on all sides. */
export function memberPlace(parent: MergePlace, name: string, inBase: boolean): MergePlace {
  return {
    parent,
    base: inBase ? name : undefined,
    local: name,
    remote: name,
    align: step(parent.align, name),
    decide: step(parent.decide, name),
  };
}

/** An item's place: an index for each side. In patterns a number names a place in base, else in remote. */
export function itemPlace(parent: MergePlace, base: number | undefined, local: number, remote: number): MergePlace {
  const token = `${base ?? remote}`;
  return {
    parent,
    base: base === undefined ? undefined : `${base}`,
    local: `${local}`,
    remote: `${remote}`,
    align: step(parent.align, token),
    decide: step(parent.decide, token),
  };
}

export function remoteTokens(place: MergePlace): string[] {
  return tokensOf(place, (at) => at.remote);
}

export function remotePointer(place: MergePlace): Pointer {
  return formatPointer(remoteTokens(place));
}

/** Its tokens in base, as far as base has it. */
function baseTokensOf(place: MergePlace): string[] {
  return tokensOf(place, (at) => at.base ?? at.local);
}

/** Its place in base, or in local for what base lacks. An item that base lacks is counted on behind base's, so that no two places are called the same. */
export function basePointer(place: MergePlace): Pointer {
  for (let at: MergePlace | undefined = place; at !== undefined; at = at.parent) {
    if (at.base === undefined) return formatPointer(tokensOf(place, (each) => each.named ?? each.local));
  }
  return formatPointer(baseTokensOf(place));
}

function tokensOf(place: MergePlace, of: (place: MergePlace) => string): string[] {
  const tokens: string[] = [];
  for (let at = place; at.parent !== undefined; at = at.parent) tokens.push(of(at));
  return tokens.reverse();
}
