import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { writeChange } from '../diff/write.js';
import type { JsonValue, Patch } from '../json.js';
import { applyCompiled } from '../patch/apply.js';
import type { CompiledOperation } from '../patch/compile.js';
import type { Run } from './run.js';
import type { TestResult } from './tests.js';

/** The patch for remote: the caller's own operations where they lead to the merged value as they are; else the script by identities, with the tests in front. */
export function emit(
  { base, remote, isThere, conflicts }: Run,
  operations: readonly CompiledOperation[],
  tests: TestResult | undefined,
  change: Change,
  value: JsonValue,
): Patch {
  const source = operations.map((operation) => operation.source);
  const isAsGiven = !isThere && conflicts.length === 0 && tests?.isMoved !== true && gives(remote, operations, value);
  const isOnlyTests = tests !== undefined && operations.every(({ op }) => op === 'test');
  if (isOnlyTests) return isAsGiven ? source : tests.kept;
  // All of it is there. Where remote is base, even what changes nothing is sent.
  if (deepEqual(value, remote)) return isAsGiven && deepEqual(base, remote) ? source : [];
  if (isAsGiven) return source;
  return [...(tests?.kept ?? []), ...writeChange(remote, change), ...(tests?.own(value) ?? [])];
}

function gives(remote: JsonValue, operations: readonly CompiledOperation[], value: JsonValue): boolean {
  try {
    return deepEqual(applyCompiled(remote, operations), value);
  } catch {
    // It has no place in remote as it is: then it is told in another way.
    return false;
  }
}
