import { decideCounter } from './counter.js';
import { decideLatest } from './latest.js';
import type { Decision, NamedRule, Sides } from './rule.js';
import { decideText } from './text/merge.js';

/** What a named rule makes of a value that both sides changed; `undefined` where it has nothing to say about such values. */
export function decideByRule(rule: NamedRule, sides: Sides): Decision | undefined {
  switch (rule.rule) {
    case 'counter':
      return decideCounter(rule, sides);
    case 'text':
      return decideText(rule, sides);
    case 'latest':
      return decideLatest(rule, sides);
    default:
      return undefined;
  }
}
