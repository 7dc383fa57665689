import { InvalidOptionsError } from '../errors.js';
import type { PointerPattern } from '../json.js';
import type { PatternTable } from '../pattern.js';
import { compilePatterns } from '../pattern.js';
import type { MergeRule } from '../rule.js';

/** What a rule says about a value's make-up. Who wins where both sides changed it is another question. */
export type AlignRule =
  | { readonly rule: 'list'; readonly key: string | readonly string[] }
  | { readonly rule: 'set' }
  | { readonly rule: 'atomic' };

/** The rules of a merge table that say how values are compared, ready for matching. The others are left out, so that they hide none of these. */
export function compileAlignRules(merge: { readonly [pattern: PointerPattern]: MergeRule }): PatternTable<AlignRule> {
  const entries: [string, AlignRule][] = [];
  for (const [pattern, rule] of Object.entries(merge)) {
    const aligning = readAlignRule(pattern, rule);
    if (aligning !== undefined) entries.push([pattern, aligning]);
  }
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
