import type { MergeRule } from '../rule.js';
import { makeRule } from './make-rule.js';
import type { TextUnit } from './text-tokens.js';

/**
 * Strings that are merged as texts: changes of different words, lines or characters are all made. Where both sides changed the same ones,
 * it is a merge conflict with the pieces as `hunks`.
 *
 * Words are letters, digits and underscores; spaces and everything else are tokens by themselves. Characters are what people see as one.
 *
 * @example
 * ```ts
 * import { text } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { body: 'The quick fox jumps over the dog.' },
 *   local: { body: 'The quick brown fox jumps over the dog.' },
 *   remote: { body: 'The quick fox jumps over the lazy dog.' },
 *   merge: { '/body': text() },
 * });
 * console.log(value); // { body: 'The quick brown fox jumps over the lazy dog.' }
 * ```
 *
 * @param options `by`: what counts as one thing. Default: `word`.
 * @returns The rule, as frozen data: `{ rule: 'text', by: 'line' }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for another `by`.
 */
export function text(options?: { by?: TextUnit }): MergeRule {
  return makeRule('text', options);
}
