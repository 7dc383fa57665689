import type { PointerPattern } from '../json.js';
import type { PatternTable } from '../pattern.js';
import { compilePatterns } from '../pattern.js';
import type { MergeRule } from '../rule.js';
import type { AlignRule } from './align-rules.js';
import { compileAlignRules } from './align-rules.js';
import { checkMerge } from './check-merge.js';

/** A merge table, ready for matching. How a list is aligned and who wins are asked separately, so that both kinds of rule can meet at one place. */
export interface MergeRules {
  readonly align: PatternTable<AlignRule>;
  readonly decide: PatternTable<MergeRule>;
  /** Some place is the server's. */
  readonly hasServer: boolean;
  /** Some place is a counter, which equal values do not settle. */
  readonly hasCounter: boolean;
}

const NONE: MergeRules = {
  align: compileAlignRules({}),
  decide: compilePatterns({}, 'merge'),
  hasServer: false,
  hasCounter: false,
};
const compiled = new WeakMap<object, MergeRules>();

/** Compiles a table, once for as long as it lives. Throws InvalidOptionsError for a bad pattern. */
export function mergeRules(table: Record<PointerPattern, MergeRule> | undefined): MergeRules {
  if (table === undefined) return NONE;
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
export function isAligning(rule: MergeRule): boolean {
  return typeof rule === 'object' && (rule.rule === 'list' || rule.rule === 'set' || rule.rule === 'atomic');
}
