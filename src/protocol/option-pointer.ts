import { InvalidOptionsError } from '../core/errors.js';
import { parsePointer } from '../core/pointer.js';

/** The tokens of a JSON Pointer given as an option (RFC 6901), or an error that names the option. The whole document (`''`) is no place for a version. */
export function optionTokens(pointer: unknown, option: string): readonly string[] {
  const tokens = typeof pointer === 'string' ? parsePointer(pointer) : undefined;
  if (tokens !== undefined && tokens.length > 0) return tokens;
  throw new InvalidOptionsError(
    `${option} must be a JSON Pointer that starts with "/", for example "/meta/version", with "~" written as "~0" and "/" inside a name as "~1" (RFC 6901). It is ${typeof pointer === 'string' ? JSON.stringify(pointer) : typeof pointer}.`,
    { option },
  );
}
