import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { writeChange } from '../diff/write.js';
import type { JsonValue, Patch } from '../json.js';
import { applyCompiled } from '../patch/apply.js';
import type { CompiledOperation } from '../patch/compile.js';
import { childOf, formatPointer } from '../pointer.js';
import { answerTo } from './conflict.js';
import { imageOf, placeOf } from './image.js';
import type { Run } from './run.js';
import type { TracedTest } from './trace.js';
import type { Origin } from './traced.js';

/** The patch for remote: the caller's own operations where they lead to the merged value as they are; else the script by identities, with the tests in front. */
export function emit(
  { base, remote, isThere, conflicts }: Run,
  operations: readonly CompiledOperation[],
  tests: TestResult | undefined,
  change: Change,
  value: JsonValue,
): Patch {
  const source = operations.map((operation) => operation.source);
  // Nothing of it is there where remote is base.
  const isSent = !isThere || deepEqual(base, remote);
  const isAsGiven = isSent && conflicts.length === 0 && tests?.isMoved !== true && gives(remote, operations, value);
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

/** The patch's tests, held against remote. */
export interface TestResult {
  /** One does not hold, and nobody has settled it: then nothing of the patch may be sent. */
  readonly isOpen: boolean;
  /** Those that hold, at their present places. */
  readonly kept: Patch;
  /** Some place is another one now, or some test is dropped. */
  readonly isMoved: boolean;
  /** Those of what the patch itself made, as far as they hold on what it comes to. */
  readonly own: (value: JsonValue) => Patch;
}

/** Looks whether the patch's tests still hold on remote. */
export function checkTests(run: Run, tests: readonly TracedTest[]): TestResult {
  const failed = new Map<
    string,
    { readonly origin: Origin; readonly tokens: readonly string[]; readonly operations: number[] }
  >();
  const kept: Patch = [];
  const own: { readonly tokens: readonly string[]; readonly value: JsonValue }[] = [];
  let isMoved = false;
  for (const { index, value, origin, touched, tokens } of tests) {
    // What the patch itself has put there is what it expects.
    if (origin === undefined) {
      own.push({ tokens, value });
      continue;
    }
    const image = imageOf(run, origin);
    // Where the patch had changed something in it, it expects the rest to be as it was.
    const expected = touched ? origin.value : value;
    if (image !== undefined && deepEqual(image.value, expected)) {
      const path = formatPointer(image.tokens);
      kept.push({ op: 'test', path, value: expected });
      if (!touched && formatPointer(tokens) !== path) isMoved = true;
      continue;
    }
    isMoved = true;
    // Its place is the deepest one that remote still has.
    const there = deepest(run, origin);
    const path = formatPointer(there.tokens);
    const known = failed.get(path);
    if (known === undefined) failed.set(path, { ...there, operations: [index] });
    else known.operations.push(index);
  }
  let isOpen = false;
  for (const { origin, tokens, operations } of failed.values()) {
    const place = placeOf(run, origin, tokens);
    const { value: base } = origin;
    const remote = imageOf(run, origin)?.value;
    // Any answer drops the test: the person has seen what it was there to prevent.
    if (answerTo(run, { kind: 'test-failed', place, base, local: base, remote, operations }) === undefined)
      isOpen = true;
  }
  const holding = (result: JsonValue): Patch =>
    own.flatMap(({ tokens, value }): Patch => {
      const place = placeIn(result, tokens, value);
      return place === undefined ? [] : [{ op: 'test', path: formatPointer(place), value }];
    });
  return { isOpen, kept, isMoved, own: holding };
}

/** Where something that the patch itself made stands: by its name, in a list wherever it holds. */
function placeIn(document: JsonValue, tokens: readonly string[], value: JsonValue): string[] | undefined {
  const [token, ...below] = tokens;
  if (token === undefined) return deepEqual(document, value) ? [] : undefined;
  const names = Array.isArray(document) ? [token, ...document.keys()] : [token];
  for (const name of names.map(String)) {
    const child = childOf(document, name);
    const place = child === undefined ? undefined : placeIn(child, below, value);
    if (place !== undefined) return [name, ...place];
  }
  return undefined;
}

function deepest(run: Run, origin: Origin): { readonly origin: Origin; readonly tokens: readonly string[] } {
  const image = imageOf(run, origin);
  if (image !== undefined) return { origin, tokens: image.tokens };
  return origin.parent === undefined ? { origin, tokens: [] } : deepest(run, origin.parent);
}
