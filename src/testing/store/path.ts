import { InvalidOptionsError } from '../core.js';

/** Which documents something is about: one path, or all whose path matches. */
export type PathPattern = string | RegExp;

/** The key of a document: what a request to this path would carry. Takes whole URLs too, and drops query and fragment. */
export function toPath(path: string): string {
  if (typeof path !== 'string' || !/^(\/|https?:\/\/)/.test(path)) {
    throw new InvalidOptionsError(
      `A document's path starts with "/", such as "/articles/1"; got ${JSON.stringify(path)}.`,
      {
        option: 'path',
      },
    );
  }
  return new URL(path.startsWith('/') ? `http://conflict.test${path}` : path).pathname;
}

export function pathMatches(pattern: PathPattern, path: string): boolean {
  // `search` and not `test`: it ignores the lastIndex that a global expression drags along.
  return typeof pattern === 'string' ? toPath(pattern) === path : path.search(pattern) >= 0;
}
