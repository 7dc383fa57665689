import { InvalidOptionsError } from '../errors.js';
import { hasOwn } from '../json.js';
import { parsePointer } from '../pointer.js';
import type { NamedRule } from './rule.js';

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
