import { InvalidOptionsError } from '../errors.js';
import type { PointerPattern } from '../json.js';
import { hasOwn } from '../json.js';
import { parsePointer } from '../pointer.js';
import { readPattern } from '../read-pattern.js';
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

interface Options {
  readonly [option: string]: unknown;
}

/** What an option must be, for the sentence, and whether it is. */
type Check = readonly [mustBe: string, fits: (value: unknown, options: Options) => boolean];

const UNITS: readonly unknown[] = [undefined, 'word', 'line', 'character'];

const isName = (name: unknown): boolean => typeof name === 'string' && name !== '';
const isBound = (bound: unknown): boolean => bound === undefined || Number.isFinite(bound);

/** Every named rule, with its options. */
const RULES: { readonly [rule: string]: { readonly [option: string]: Check } } = {
  list: {
    key: [
      'the name of the member that identifies an item, or a list of names',
      (key) => (Array.isArray(key) ? key.length > 0 && key.every(isName) : isName(key)),
    ],
  },
  set: {},
  counter: {
    min: ['a finite number', isBound],
    max: ['a finite number that is not below min', (max, { min }) => isBound(max) && !(Number(max) < Number(min))],
  },
  text: { by: ["'word', 'line' or 'character'", (by) => UNITS.includes(by)] },
  atomic: {},
  latest: { field: ['a JSON Pointer', (field = '') => typeof field === 'string' && parsePointer(field) !== undefined] },
  server: {},
  merge: {},
};

/**
 * Checks a named rule and its options, whether a maker such as `counter()` made it or a person wrote it.
 *
 * @param where How the rule is reached from what the user wrote, for the error: `merge["/stock"]`.
 * @throws InvalidOptionsError for a name that is none, an option that is unknown, or a value that the option cannot have.
 */
export function checkRule({ rule, ...options }: Options, where: string): void {
  const known = typeof rule === 'string' && hasOwn(RULES, rule) ? RULES[rule] : undefined;
  const checks: { readonly [option: string]: Check } = known ?? { rule: [Object.keys(RULES).join(', '), () => false] };
  for (const option of new Set([...Object.keys(checks), ...Object.keys(options)])) {
    const [mustBe, fits] = (hasOwn(checks, option) && checks[option]) || [
      'left out: there is no such option',
      () => false,
    ];
    if (fits(options[option], options)) continue;
    const path = `${where}.${option}`;
    throw new InvalidOptionsError(`${path} (rule '${rule}') must be ${mustBe}.`, { option: path });
  }
}
