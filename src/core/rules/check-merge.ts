import { InvalidOptionsError } from '../errors.js';
import type { PointerPattern } from '../json.js';
import { readPattern } from '../read-pattern.js';
import { checkRule } from './make-rule.js';
import type { MergeRule } from './rule.js';

const WORDS: readonly unknown[] = ['local', 'remote', 'manual'];

/**
 * A function that only makes a rule, given in the place of one. It is known by its text, because a list of them would bring them all into every page; where a
 * platform gives none, the types tell.
 */
const MAKER =
  /^function \w*\([^)]*\)\s*\{\s*return [^;'"`]*\(['"`](list|set|counter|text|atomic|latest|server)['"`](?:, *\w+)?\);?\s*\}$/;

/**
 * Checks a table of merge rules, so that a bad one fails where it is given and not in the middle of a merge.
 *
 * @param where How the table is reached from what the user wrote, for the error: `resources["/articles/:id"].merge`.
 * @throws InvalidOptionsError naming the pattern and what is wrong with it or its rule.
 */
export function checkMerge(table: { readonly [pattern: PointerPattern]: MergeRule }, where: string): void {
  for (const [pattern, rule] of Object.entries(table)) {
    readPattern(pattern, where);
    const option = `${where}["${pattern}"]`;
    const maker = typeof rule === 'function' ? MAKER.exec(String(rule))?.[1] : undefined;
    if (maker !== undefined) {
      throw new InvalidOptionsError(`${option} is ${maker} itself: call it, ${maker}().`, { option });
    }
    if (typeof rule === 'function' || WORDS.includes(rule)) continue;
    if (typeof rule !== 'object' || rule === null) {
      throw new InvalidOptionsError(
        `${option} is no rule: it must be 'local', 'remote', 'manual', a function, or made by one such as counter().`,
        { option },
      );
    }
    checkRule({ ...rule }, option);
  }
}
