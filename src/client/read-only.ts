import type { Patch, PointerPattern } from '../core/json.js';
import { compilePatterns, touches } from '../core/pattern.js';
import { parsePointer } from '../core/pointer.js';
import { ReadonlyPathError } from '../errors/usage-errors.js';

/** @throws ReadonlyPathError for the first operation that would change what `readonly` protects, or something it is in. */
export function assertWritable(patch: Patch, protectedPaths: readonly PointerPattern[], url: string): void {
  if (protectedPaths.length === 0) return;
  const table = compilePatterns(Object.fromEntries(protectedPaths.map((pattern) => [pattern, true])), 'readonly');
  for (const operation of patch) {
    if (operation.op === 'test') continue;
    const paths = operation.op === 'move' ? [operation.path, operation.from] : [operation.path];
    const path = paths.find((candidate) => touches(table, parsePointer(candidate) ?? []));
    if (path === undefined) continue;
    throw new ReadonlyPathError(
      `The edit of ${url} would ${operation.op} "${path}", which \`readonly\` protects. Nothing was sent; leave that path alone.`,
      { url, path },
    );
  }
}
