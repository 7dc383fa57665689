import type { JsonValue, Patch, PointerPattern } from '../../core/json.js';
import { apply } from '../../core/patch/apply.js';
import { compilePatterns, touches } from '../../core/pattern.js';
import { getAt, parsePointer } from '../../core/pointer.js';
import { ReadonlyPathError } from '../../errors/usage-errors.js';
import type { Intent } from './edit-input.js';

type Operation = Patch[number];

/** An operation's place, and the values that come to it and leave it. */
interface Change {
  readonly path: string;
  readonly values: readonly JsonValue[];
}

/** @throws ReadonlyPathError for the first operation that would change what `readonly` protects, or something that holds it. */
export function assertWritable(
  { base, patch }: Pick<Intent, 'base' | 'patch'>,
  protectedPaths: readonly PointerPattern[],
  url: string,
): void {
  if (protectedPaths.length === 0) return;
  const table = compilePatterns(Object.fromEntries(protectedPaths.map((pattern) => [pattern, true])), 'readonly');
  let document = base;
  for (const operation of patch) {
    const change = changesOf(operation, document).find(({ path, values }) => touches(table, tokensOf(path), values));
    if (change !== undefined) {
      throw new ReadonlyPathError(
        `The edit of ${url} would ${operation.op} "${change.path}", which \`readonly\` protects. Nothing was sent; leave that path alone.`,
        { url, path: change.path },
      );
    }
    document = apply(document, [operation]);
  }
}

function changesOf(operation: Operation, document: JsonValue): readonly Change[] {
  const { op, path } = operation;
  switch (op) {
    case 'add':
      return [{ path, values: [operation.value, ...overwritten(document, path)] }];
    case 'replace':
      return [{ path, values: [operation.value, ...valueAt(document, path)] }];
    case 'remove':
      return [{ path, values: valueAt(document, path) }];
    case 'copy':
    case 'move': {
      const { from } = operation;
      const values = valueAt(document, from);
      const arrival = { path, values: [...values, ...overwritten(document, path)] };
      return op === 'copy' ? [arrival] : [arrival, { path: from, values }];
    }
    default:
      return [];
  }
}

/** What an added value takes the place of: in a list nothing, there the others make room. */
function overwritten(document: JsonValue, path: string): readonly JsonValue[] {
  const parent = getAt(document, tokensOf(path).slice(0, -1));
  return parent.present && Array.isArray(parent.value) && path !== '' ? [] : valueAt(document, path);
}

function valueAt(document: JsonValue, path: string): readonly JsonValue[] {
  const side = getAt(document, tokensOf(path));
  return side.present ? [side.value] : [];
}

function tokensOf(path: string): string[] {
  return parsePointer(path) ?? [];
}
