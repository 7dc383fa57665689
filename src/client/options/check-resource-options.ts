import type { LiveOptions } from '../../contract/live.js';
import { readPattern } from '../../core/read-pattern.js';
import { checkMerge } from '../../core/rules/check-merge.js';
import { badOption } from './bad-option.js';
import type { AnyResourceOptions } from './client-options.js';
import { refuseUnknown } from './known-options.js';

/** Options that are one word of a few, or a function where that is said. */
const CHOICES = [
  { option: 'gone', words: ['error', 'discard', 'recreate'], orFunction: false },
  { option: 'exists', words: ['error', 'adopt', 'merge'], orFunction: false },
  { option: 'write', words: ['json-patch', 'merge-patch', 'put'], orFunction: true },
] as const;

const FUNCTIONS = ['resolve', 'classify', 'conflictBody'] as const;

/** RFC 9110 5.6.2: what a header may be called. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Finds what types would have found: callers without them are told at the door, and not in the middle of a write.
 *
 * @throws InvalidOptionsError
 */
export function checkResourceOptions(options: AnyResourceOptions, where: string): void {
  refuseUnknown(options, where);
  checkMerge(options.merge ?? {}, `${where}.merge`);
  checkReadonly(options.readonly, where);
  checkLive(options.live, where);
  for (const { option, words, orFunction } of CHOICES) {
    const word: unknown = options[option];
    if (word === undefined || words.some((allowed) => allowed === word)) continue;
    if (orFunction && typeof word === 'function') continue;
    const allowed = words.map((name) => `'${name}'`).join(', ');
    badOption(
      where,
      option,
      `must be one of ${allowed}${orFunction ? ' or a function' : ''}, and is '${String(word)}'`,
    );
  }
  for (const option of FUNCTIONS) {
    if (options[option] !== undefined && typeof options[option] !== 'function')
      badOption(where, option, 'must be a function');
  }
  const { body, schema, idempotencyKey = false, origin = 'person' } = options;
  if (typeof origin !== 'string' || origin === '') badOption(where, 'origin', "must be a name: 'person', 'agent'");
  if (body !== undefined && (typeof body?.read !== 'function' || typeof body.write !== 'function')) {
    badOption(where, 'body', 'must be { read, write }, two functions');
  }
  if (schema !== undefined && typeof schema?.['~standard']?.validate !== 'function') {
    badOption(where, 'schema', 'must be a Standard Schema, as of zod, valibot or arktype');
  }
  if (typeof idempotencyKey !== 'boolean' && !isHeaderName(idempotencyKey)) {
    badOption(where, 'idempotencyKey', `must be true, false or the name of a header, and is ${String(idempotencyKey)}`);
  }
}

function checkReadonly(patterns: AnyResourceOptions['readonly'], where: string): void {
  if (patterns === undefined) return;
  if (!Array.isArray(patterns)) badOption(where, 'readonly', 'must be a list of pointer patterns: ["/id"]');
  for (const pattern of patterns) readPattern(pattern, `${where}.readonly`);
}

/** The empty one means none. */
function isHeaderName(name: unknown): boolean {
  return typeof name === 'string' && (name === '' || TOKEN.test(name));
}

const IS_RIGHT: Record<keyof LiveOptions, (value: unknown) => boolean> = {
  onFocus: (value) => typeof value === 'boolean',
  onReconnect: (value) => typeof value === 'boolean',
  every: (value) => value === false || (typeof value === 'number' && value > 0),
  tabs: (value) => typeof value === 'boolean' || (typeof value === 'string' && value !== ''),
};

/** @throws InvalidOptionsError */
export function checkLive(live: LiveOptions | false | undefined, where: string): void {
  if (live === false || live === undefined) return;
  if (typeof live !== 'object' || live === null)
    badOption(where, 'live', 'must be { onFocus, onReconnect, every, tabs } or false');
  for (const [name, value] of Object.entries(live)) {
    const { [name]: isRight }: Record<string, ((value: unknown) => boolean) | undefined> = IS_RIGHT;
    if (isRight === undefined) badOption(where, `live.${name}`, 'is unknown');
    if (value !== undefined && !isRight(value))
      badOption(where, `live.${name}`, `cannot be ${JSON.stringify(value)}: see its type`);
  }
}
