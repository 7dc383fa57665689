import type { LiveOptions } from '../../contract/live.js';
import { InvalidOptionsError } from '../../core/errors.js';
import { readPattern } from '../../core/read-pattern.js';
import { refuseUnknown } from '../../core/refuse-unknown.js';
import { checkMerge } from '../../core/rules/check-merge.js';
import type { AnyResourceOptions } from './client-options.js';

/** @throws InvalidOptionsError that names the option by how it is reached from what the user wrote. */
export function badOption(where: string, option: string, what: string): never {
  throw new InvalidOptionsError(`${where}.${option} ${what}.`, { option: `${where}.${option}` });
}

/** What is really said: an option set to `undefined` is as good as left out. */
export function said(table: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([, value]) => value !== undefined));
}

/** Says what is wrong with a value, or throws. */
type Check = (value: unknown, where: string) => string | false | void;

const isFunction = (value: unknown): boolean => typeof value === 'function';
const member = (value: unknown, name: string): unknown => Object(value)[name];

const must =
  (be: string, fits: (value: unknown) => boolean): Check =>
  (value) =>
    !fits(value) && `must be ${be}`;

/** @param words As the message shows them: `'error', 'adopt'`. */
const oneOf =
  (words: string, others = '', fits = (_value: unknown) => false): Check =>
  (value) =>
    !fits(value) &&
    !(typeof value === 'string' && words.split(', ').includes(`'${value}'`)) &&
    `must be one of ${words}${others}, and is '${String(value)}'`;

const anything: Check = () => false;
const aFunction: Check = must('a function', isFunction);

/** RFC 9110 5.6.2: what a header may be called. The empty name means none. */
const HEADER = /^[!#$%&'*+.^_`|~\w-]*$/;

/** Every option of a resource, so that a new one does not compile without its name here; those that are complex are looked at where they are read. */
export const OF_RESOURCE: Readonly<Record<keyof AnyResourceOptions, Check>> = {
  version: anything,
  write: oneOf("'json-patch', 'merge-patch', 'put'", ' or a function', isFunction),
  mergePatchType: anything,
  body: must('{ read, write }, two functions', (body) =>
    ['read', 'write'].every((name) => isFunction(member(body, name))),
  ),
  headers: anything,
  schema: must('a Standard Schema, as of zod, valibot or arktype', (schema) =>
    isFunction(member(member(schema, '~standard'), 'validate')),
  ),
  merge: (table, where) => checkMerge(Object(table), `${where}.merge`),
  resolve: aFunction,
  classify: aFunction,
  retry: anything,
  locked: anything,
  gone: oneOf("'error', 'discard', 'recreate'"),
  exists: oneOf("'error', 'adopt', 'merge'"),
  idempotencyKey: (key) =>
    typeof key !== 'boolean' &&
    !(typeof key === 'string' && HEADER.test(key)) &&
    `must be true, false or the name of a header, and is ${String(key)}`,
  readonly(patterns, where) {
    if (!Array.isArray(patterns)) return 'must be a list of pointer patterns: ["/id"]';
    for (const pattern of patterns) readPattern(pattern, `${where}.readonly`);
  },
  requireVersion: anything,
  conflictBody: aFunction,
  createdMeansRecreated: anything,
  origin: must("a name: 'person', 'agent'", (origin) => typeof origin === 'string' && origin !== ''),
  live: checkLive,
};

/**
 * Finds what types would have found: callers without them are told at the door, and not in the middle of a write. Its names are known by then.
 *
 * @throws InvalidOptionsError
 */
export function checkResourceOptions(options: AnyResourceOptions, where: string): void {
  for (const [name, check] of Object.entries(OF_RESOURCE)) {
    const value = member(options, name);
    const wrong = value !== undefined && check(value, where);
    if (wrong) badOption(where, name, wrong);
  }
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const OF_LIVE: Readonly<Record<keyof LiveOptions, (value: unknown) => boolean>> = {
  onFocus: isBoolean,
  onReconnect: isBoolean,
  every: (value) => value === false || (typeof value === 'number' && value > 0),
  tabs: (value) => isBoolean(value) || (typeof value === 'string' && value !== ''),
};

/** @throws InvalidOptionsError */
export function checkLive(live: unknown, where: string): void {
  if (live === false) return;
  if (typeof live !== 'object' || live === null)
    badOption(where, 'live', 'must be { onFocus, onReconnect, every, tabs } or false');
  refuseUnknown(live, `${where}.live`, Object.keys(OF_LIVE));
  for (const [name, isRight] of Object.entries(OF_LIVE)) {
    const value = member(live, name);
    if (value !== undefined && !isRight(value))
      badOption(where, `live.${name}`, `cannot be ${JSON.stringify(value)}: see its type`);
  }
}
