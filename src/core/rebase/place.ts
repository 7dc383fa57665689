import type { Pointer } from '../json.js';
import type { PatternCursor } from '../pattern.js';
import { value as ruleOf, step } from '../pattern.js';
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
    align: rules.align,
    decide: rules.decide,
  };
}

/** A child's place: its name, or an index for each side. In patterns it is called as in base, else as in remote. */
export function childPlace(
  parent: MergePlace,
  base: string | number | undefined,
  local: string | number,
  remote: string | number,
): MergePlace {
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

/** Whether a rule of this name decides here. */
export function isRuledBy({ decide }: MergePlace, name: string): boolean {
  const rule = ruleOf(decide);
  return typeof rule === 'object' && rule.rule === name;
}

export function remoteTokens(place: MergePlace): string[] {
  return tokensOf(place, (at) => at.remote);
}

export function remotePointer(place: MergePlace): Pointer {
  return formatPointer(remoteTokens(place));
}

/** Its place in base, or in local for what base lacks. An item that base lacks is counted on behind base's, so that no two places are called the same. */
export function basePointer(place: MergePlace): Pointer {
  let isNew = false;
  for (let at: MergePlace | undefined = place; at !== undefined; at = at.parent) isNew ||= at.base === undefined;
  return formatPointer(tokensOf(place, ({ base, named, local }) => (isNew ? undefined : base) ?? named ?? local));
}

function tokensOf(place: MergePlace, of: (place: MergePlace) => string): string[] {
  const tokens: string[] = [];
  for (let at = place; at.parent !== undefined; at = at.parent) tokens.push(of(at));
  return tokens.reverse();
}
