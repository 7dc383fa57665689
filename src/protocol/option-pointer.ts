import { InvalidOptionsError } from '../core/errors.js';
import type { Pointer } from '../core/json.js';

/** The tokens of a JSON Pointer given as an option (RFC 6901), or an error that names the option. The whole document (`''`) is no place for a version. */
export function optionTokens(pointer: unknown, option: string): readonly string[] {
  if (typeof pointer !== 'string' || !pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    const shown = typeof pointer === 'string' ? JSON.stringify(pointer) : typeof pointer;
    throw new InvalidOptionsError(
      `${option} must be a JSON Pointer that starts with "/", for example "/meta/version", with "~" written as "~0" and "/" inside a name as "~1" (RFC 6901). It is ${shown}.`,
      { option },
    );
  }
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The JSON Pointer of these tokens. */
export function pointerOf(tokens: readonly string[]): Pointer {
  return tokens.map((token) => `/${token.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
