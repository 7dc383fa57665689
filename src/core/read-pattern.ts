import { InvalidOptionsError } from './errors.js';
import type { PointerPattern } from './json.js';

/**
 * A pattern's tokens: `*`, `**`, or a literal token behind a `=`. Apart from how they are matched: options are checked long before that.
 *
 * @param where Names the option in the InvalidOptionsError for a bad pattern.
 */
export function readPattern(pattern: PointerPattern, where: string): string[] {
  if (pattern === '') return [];
  const option = `${where}["${pattern}"]`;
  if (pattern[0] !== '/' || /~(?![01*])/.test(pattern)) {
    throw new InvalidOptionsError(
      `${option} is no pointer pattern: start it with "/", and write "~" as "~0", "/" as "~1", a literal "*" as "~*".`,
      { option },
    );
  }
  return pattern
    .slice(1)
    .split('/')
    .map((token) =>
      /^\*\*?$/.test(token) ? token : `=${token.replaceAll('~*', '*').replaceAll('~1', '/').replaceAll('~0', '~')}`,
    );
}
