import { InvalidOptionsError } from '../errors.js';
import { hasOwn } from '../json.js';
import { parsePointer } from '../pointer.js';

/** What an option must be, for the sentence, and whether a value is that. */
type Check = readonly [mustBe: string, fits: (value: unknown) => boolean];

const BOUND: Check = ['a finite number, or left out', (value) => value === undefined || Number.isFinite(value)];

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Every named rule, with its options. */
const RULES: { readonly [rule: string]: { readonly [option: string]: Check } } = {
  list: {
    key: [
      'the name of the member that identifies an item, or a list of different names',
      (value) =>
        isName(value) ||
        (Array.isArray(value) && value.length > 0 && value.every(isName) && new Set(value).size === value.length),
    ],
  },
  set: {},
  counter: { min: BOUND, max: BOUND },
  text: {
    by: [
      "'word', 'line' or 'character'",
      (value) => [undefined, 'word', 'line', 'character'].some((by) => by === value),
    ],
  },
  atomic: {},
  latest: {
    field: [
      'a JSON Pointer such as "/updatedAt"',
      (value) => value === undefined || (typeof value === 'string' && parsePointer(value) !== undefined),
    ],
  },
  server: {},
  merge: {},
};

/**
 * Checks a named rule and its options, whether a maker such as `counter()` made it or a person wrote it.
 *
 * @param where How the rule is reached from what the user wrote, for the error: `merge["/stock"]`.
 * @throws InvalidOptionsError for a name that is none, an option that is unknown, or a value that the option cannot have.
 */
export function checkRule(given: object, where: string): void {
  const { rule, ...options }: { readonly rule?: unknown; readonly [option: string]: unknown } = { ...given };
  const checks = typeof rule === 'string' && hasOwn(RULES, rule) ? RULES[rule] : undefined;
  if (checks === undefined) {
    throw new InvalidOptionsError(
      `${where} names no rule: "rule" must be one of ${Object.keys(RULES).join(', ')}, and is ${show(rule)}.`,
      {
        option: `${where}.rule`,
      },
    );
  }
  const refuse = (option: string, sentence: string): never => {
    const path = `${where}.${option}`;
    throw new InvalidOptionsError(`${path} of the rule '${String(rule)}' ${sentence}.`, { option: path });
  };
  for (const [option, [mustBe, fits]] of Object.entries(checks)) {
    if (!fits(options[option])) refuse(option, `must be ${mustBe}, and is ${show(options[option])}`);
  }
  for (const option of Object.keys(options)) {
    if (!hasOwn(checks, option))
      refuse(option, `is unknown: its options are ${Object.keys(checks).join(', ') || 'none'}`);
  }
  const { min, max } = options;
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    refuse('min', `must not be above max, ${max}, and is ${min}`);
}

function show(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
