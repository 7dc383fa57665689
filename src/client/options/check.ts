import { InvalidOptionsError } from '../../core/errors.js';
import { meantBy, refuse } from '../../core/refuse-unknown.js';

/** Says what is wrong with the value of an option, or throws. @param at How the option is reached from what the user wrote. */
export type Check = (value: unknown, at: string) => string | false | void;

/** One for each option, so that a new one does not compile without. */
export type Checks<Options extends object> = Readonly<Record<keyof Options, Check>>;

/** @throws InvalidOptionsError that names the option by how it is reached from what the user wrote. */
export function badOption(where: string, option: string, what: string): never {
  throw new InvalidOptionsError(`${where}.${option} ${what}.`, { option: `${where}.${option}` });
}

/** What is really said: an option set to `undefined` is as good as left out. */
export function said(table: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([, value]) => value !== undefined));
}

/**
 * Finds what types would have found: callers without them are told at the door, and not in the middle of a write.
 *
 * @param unknown Looks at a name that no option has.
 * @throws InvalidOptionsError
 */
export function checkOptions(
  given: object,
  checks: Readonly<Record<string, Check>>,
  where: string,
  unknown = (name: string): void => refuse(where, name, meantBy(name, Object.keys(checks))),
): void {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) unknown(name);
    const wrong = value !== undefined && check?.(value, `${where}.${name}`);
    if (wrong) badOption(where, name, wrong);
  }
}

export const isFunction = (value: unknown): boolean => typeof value === 'function';
export const member = (value: unknown, name: string): unknown => Object(value)[name];

export const must =
  (be: string, fits: (value: unknown) => boolean = () => false): Check =>
  (value) =>
    !fits(value) && `must be ${be}, and is ${String(value)}`;

export const anything: Check = () => false;
export const aFunction: Check = must('a function', isFunction);
export const aBoolean: Check = must('true or false', (value) => typeof value === 'boolean');

/** @param words As the message shows them: `'error', 'adopt'`. */
export const oneOf = (words: string, others = '', fits = (_value: unknown) => false): Check =>
  must(
    `one of ${words}${others}`,
    (value) => (typeof value === 'string' && words.split(', ').includes(`'${value}'`)) || fits(value),
  );

/** A table of options, or what else it may be. */
export const tableOr =
  (checks: Readonly<Record<string, Check>>, other: Check): Check =>
  (value, at) =>
    typeof value === 'object' && value !== null ? checkOptions(said(value), checks, at) : other(value, at);
