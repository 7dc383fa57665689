import type { CompiledOperation } from './compile.js';
import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { childOf, getAt } from './pointer.js';

/** Whether remote is just what the edit led to. Mostly it is not, and then the place of the last operation tells at once. */
export function isThere(operations: readonly CompiledOperation[], local: JsonValue, remote: JsonValue): boolean {
  const last = operations.findLast(({ op }) => op !== 'test');
  if (last === undefined) return false;
  const above = last.tokens.slice(0, -1);
  const [mine, theirs] = [getAt(local, above), getAt(remote, above)];
  if (!mine.present || !theirs.present) return false;
  if (Array.isArray(mine.value) && Array.isArray(theirs.value) && mine.value.length !== theirs.value.length)
    return false;
  const token = last.tokens.at(-1) ?? '';
  const [here, there] = [childOf(mine.value, token), childOf(theirs.value, token)];
  if (here === undefined || there === undefined ? here !== there : !deepEqual(here, there)) return false;
  return deepEqual(local, remote);
}
