import type { NamedRule } from '../rule.js';
import { checkRule } from './check-rule.js';

/**
 * A rule as plain, frozen data, with the options that were given.
 *
 * @throws InvalidOptionsError for options that cannot work.
 */
export function makeRule(rule: string, options: object = {}): NamedRule {
  const made: { rule: string; [option: string]: unknown } = { rule };
  for (const [option, value] of Object.entries(options)) {
    // A list of names is copied: who changes theirs later must not change the rule.
    if (value !== undefined) made[option] = Array.isArray(value) ? Object.freeze([...value]) : value;
  }
  checkRule(made, `${rule}()`);
  return Object.freeze(made);
}
