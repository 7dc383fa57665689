import type { Operation } from 'fast-json-patch';
import { findNotJson, TOO_DEEP } from '../assert-json.js';
import { InvalidPatchError } from '../errors.js';
import type { JsonValue } from '../json.js';
import { isAtOrBelow, parsePointer } from '../pointer.js';

interface Compiled {
  /** Its place in the patch. */
  readonly index: number;
  /** `path`, read. */
  readonly tokens: readonly string[];
  /** The caller's own operation, for where it can be passed on as it is. */
  readonly source: Operation;
}

/** An operation that was checked: only what it means is left to do. */
export type CompiledOperation = Compiled &
  (
    | { readonly op: 'add' | 'replace' | 'test'; readonly value: JsonValue }
    | { readonly op: 'remove' }
    | { readonly op: 'move' | 'copy'; readonly from: readonly string[] }
  );

const MEND_POINTER = 'Start it with "/", and write "~" as "~0", "/" as "~1"';

/**
 * Checks the shape of a patch by RFC 6902, section 3 and 4, and reads its pointers. Unknown members are let through, as section 4 says.
 * Throws {@link InvalidPatchError} (ERR_INVALID_PATCH) for the first operation that is wrong.
 */
export function compilePatch(patch: readonly Operation[]): CompiledOperation[] {
  if (!Array.isArray(patch))
    throw invalidPatch(0, undefined, 'the patch is not an array', 'Wrap the operations in an array');
  return patch.map(compileOperation);
}

function compileOperation(source: Operation, index: number): CompiledOperation {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    throw invalidPatch(index, undefined, 'it is not an object', 'Write { op, path, … }');
  }
  const tokens = readPointer(source, index, 'path', source.path);
  switch (source.op) {
    case 'add':
    case 'replace':
    case 'test':
      return { op: source.op, index, tokens, source, value: readValue(source, index, source.value) };
    case 'remove':
      return { op: source.op, index, tokens, source };
    case 'move':
    case 'copy': {
      const from = readPointer(source, index, 'from', source.from);
      // RFC 6902, section 4.4: "The 'from' location MUST NOT be a proper prefix of the 'path' location".
      if (source.op === 'move' && tokens.length > from.length && isAtOrBelow(tokens, from)) {
        throw invalidPatch(
          index,
          source,
          `it moves "${source.from}" into itself`,
          'Copy it, or move it beside its old place first',
        );
      }
      return { op: source.op, index, tokens, source, from };
    }
    default:
      throw invalidPatch(
        index,
        source,
        'its "op" is not one of RFC 6902',
        'Use add, remove, replace, move, copy or test',
      );
  }
}

function readPointer(source: Operation, index: number, name: string, pointer: unknown): string[] {
  const tokens = typeof pointer === 'string' ? parsePointer(pointer) : undefined;
  if (tokens !== undefined) return tokens;
  const reason = pointer === undefined ? `it has no "${name}"` : `its "${name}" is not a JSON Pointer`;
  throw invalidPatch(index, source, reason, MEND_POINTER);
}

function readValue(source: Operation, index: number, value: JsonValue | undefined): JsonValue {
  if (value === undefined) throw invalidPatch(index, source, 'it has no "value"', 'Give one; null is a value');
  const bad = findNotJson(value);
  if (bad === undefined) return value;
  const reason =
    bad.found === TOO_DEEP
      ? `its value holds ${TOO_DEEP}`
      : `its value holds ${bad.found} at "${bad.path}", which JSON cannot carry`;
  throw invalidPatch(index, source, reason, 'Convert it first');
}

/** The error for one operation: which one, what is wrong with it, how to mend it. */
export function invalidPatch(
  index: number,
  source: Operation | undefined,
  reason: string,
  mend: string,
): InvalidPatchError {
  const place = typeof source?.path === 'string' ? ` "${source.path}"` : '';
  const name = source === undefined ? '' : ` (${source.op}${place})`;
  return new InvalidPatchError(`Operation ${index}${name} cannot be applied: ${reason}. ${mend}.`, { index, reason });
}
