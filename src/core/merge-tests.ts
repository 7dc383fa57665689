import { deepEqual } from './deep-equal.js';
import { imageOf, placeOf } from './images.js';
import type { JsonValue } from './json.js';
import type { MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { formatPointer } from './pointer.js';
import type { TracedTest } from './trace.js';
import type { Origin } from './traced.js';

/** Looks whether the patch's tests still hold on remote. True: one does not, and nobody has settled it; then nothing of the patch may be sent. */
export function checkTests(run: MergeRun, tests: readonly TracedTest[]): boolean {
  const failed = new Map<string, { readonly there: Image; readonly operations: number[] }>();
  for (const { index, value, origin } of tests) {
    if (origin === undefined) continue;
    const image = imageOf(run, origin);
    if (image !== undefined && deepEqual(image.value, value)) continue;
    // Its place is the deepest one that remote still has.
    const there = deepestImage(run, origin);
    const path = formatPointer(there.tokens);
    const known = failed.get(path);
    if (known === undefined) failed.set(path, { there, operations: [index] });
    else known.operations.push(index);
    // Any answer drops the test: the person has seen what it was there to prevent.
    run.dropped.add(index);
  }
  let open = false;
  for (const { there, operations } of failed.values()) {
    const place = placeOf(run, there.origin, there.tokens);
    const { value: base } = there.origin;
    const settled = settle(run, { kind: 'test-failed', place, base, local: base, remote: there.value, operations });
    if (settled.open) open = true;
  }
  return open;
}

interface Image {
  readonly origin: Origin;
  readonly value: JsonValue;
  readonly tokens: string[];
}

function deepestImage(run: MergeRun, origin: Origin): Image {
  for (let at = origin; ; ) {
    const image = imageOf(run, at);
    if (image !== undefined) return { origin: at, ...image };
    if (at.parent === undefined) return { origin: at, value: run.remote, tokens: [] };
    at = at.parent;
  }
}
