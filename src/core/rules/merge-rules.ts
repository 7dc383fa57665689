import { InvalidOptionsError } from '../errors.js';
import type { PointerPattern } from '../json.js';
import type { PatternTable } from '../pattern.js';
import { compilePatterns } from '../pattern.js';
import { checkMerge } from './check-merge.js';
import type { MergeRule } from './rule.js';

/** A merge table, ready for matching. How a list is aligned and who wins are asked separately, so that both kinds of rule can meet at one place. */
export interface MergeRules {
  readonly align: PatternTable<AlignRule>;
  readonly decide: PatternTable<MergeRule>;
  /** Some place is the server's. */
  readonly hasServer: boolean;
  /** Some place is a counter, which equal values do not settle. */
  readonly hasCounter: boolean;
}

const NO_RULES = {};
const compiled = new WeakMap<object, MergeRules>();

/** Compiles a table, once for as long as it lives. Throws InvalidOptionsError for a bad pattern. */
export function mergeRules(table: { readonly [pattern: PointerPattern]: MergeRule } = NO_RULES): MergeRules {
  const known = compiled.get(table);
  if (known !== undefined) return known;
  checkMerge(table, 'merge');
  const deciding = Object.entries(table).filter(([, rule]) => !isAligning(rule));
  const rules: MergeRules = {
    align: compileAlignRules(table),
    decide: compilePatterns(Object.fromEntries(deciding), 'merge'),
    hasServer: deciding.some(([, rule]) => isServer(rule)),
    hasCounter: deciding.some(([, rule]) => typeof rule === 'object' && rule.rule === 'counter'),
  };
  compiled.set(table, rules);
  return rules;
}

/** Whether it is the server's. */
export function isServer(rule: MergeRule | undefined): boolean {
  return typeof rule === 'object' && rule.rule === 'server';
}

/** Whether a rule says how a list or value is aligned, and not who wins. */
function isAligning(rule: MergeRule): rule is AlignRule {
  return typeof rule === 'object' && (rule.rule === 'list' || rule.rule === 'set' || rule.rule === 'atomic');
}

/** What a rule says about a value's make-up. Who wins where both sides changed it is another question. */
export type AlignRule =
  | { readonly rule: 'list'; readonly key: string | readonly string[] }
  | { readonly rule: 'set' }
  | { readonly rule: 'atomic' };

/**
 * The rules of a merge table that say how values are compared, ready for matching. The others are left out, so that they hide none of these.
 * Throws InvalidOptionsError for a bad pattern, and for a list rule without a key: who only compares has checked nothing before.
 */
export function compileAlignRules(merge: { readonly [pattern: PointerPattern]: MergeRule }): PatternTable<AlignRule> {
  const entries = Object.entries(merge).flatMap(([pattern, rule]): [string, AlignRule][] => {
    if (!isAligning(rule)) return [];
    if (rule.rule !== 'list' || isKey(rule.key)) return [[pattern, rule]];
    throw new InvalidOptionsError(
      `merge["${pattern}"] is a list rule without a key: name the member, or members, that identify an item.`,
      { option: `merge["${pattern}"].key` },
    );
  });
  return compilePatterns(Object.fromEntries(entries), 'merge');
}

function isKey(key: unknown): boolean {
  const names = Array.isArray(key) ? key : [key];
  return names.length > 0 && names.every((name) => typeof name === 'string');
}
