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
export function mergeRules(table: Record<PointerPattern, MergeRule> = NO_RULES): MergeRules {
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

/** What a rule says about a value's make-up. Who wins where both sides changed it is another question. */
export type AlignRule =
  | { readonly rule: 'list'; readonly key: string | readonly string[] }
  | { readonly rule: 'set' }
  | { readonly rule: 'atomic' };

/** The rules of a merge table that say how values are compared, ready for matching. The others are left out, so that they hide none of these. */
export function compileAlignRules(merge: { readonly [pattern: PointerPattern]: MergeRule }): PatternTable<AlignRule> {
  const entries = Object.entries(merge).flatMap(([pattern, rule]): [string, AlignRule][] => {
    const aligning = readAlignRule(pattern, rule);
    return aligning === undefined ? [] : [[pattern, aligning]];
  });
  return compilePatterns(Object.fromEntries(entries), 'merge');
}

function readAlignRule(pattern: string, rule: MergeRule): AlignRule | undefined {
  if (typeof rule !== 'object') return undefined;
  if (rule.rule === 'set' || rule.rule === 'atomic') return { rule: rule.rule };
  if (rule.rule !== 'list') return undefined;
  const { key } = rule;
  if (typeof key === 'string') return { rule: 'list', key };
  if (Array.isArray(key) && key.length > 0 && key.every((name) => typeof name === 'string'))
    return { rule: 'list', key };
  throw new InvalidOptionsError(
    `merge["${pattern}"] is a list rule without a key: name the member, or members, that identify an item.`,
    {
      option: `merge["${pattern}"].key`,
    },
  );
}
