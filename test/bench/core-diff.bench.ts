import fastJsonPatch from 'fast-json-patch';
import { diff } from '../../src/core/diff/diff.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import { apply } from '../../src/core/patch/apply.js';
import { workloads } from './workloads.js';

/** The targets of the design page, in units of JSON.parse of the new document. */
const TARGETS = [0.5, 0.6, 0.8, 1.2, 1.2, 0.8, 3, 0.5];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21);

/** Milliseconds of so many calls. */
function time(call: () => unknown, calls: number): number {
  const start = performance.now();
  for (let run = 0; run < calls; run++) call();
  return performance.now() - start;
}

/** Runs the unit and the candidate by turns, some milliseconds each, so that whatever else the machine does weighs on both. */
function ratios(unit: () => unknown, candidate: () => unknown): number[] {
  time(unit, 20);
  time(candidate, 20);
  const units = Math.ceil(100 / time(unit, 20));
  const candidates = Math.ceil(100 / time(candidate, 20));
  for (let warm = 0; warm < 10; warm++) {
    time(unit, units);
    time(candidate, candidates);
  }
  return Array.from(
    { length: ROUNDS },
    () => time(candidate, candidates) / candidates / (time(unit, units) / units),
  ).sort((a, b) => a - b);
}

function summary(found: readonly number[]): string {
  const at = (part: number): string => (found[Math.floor((found.length - 1) * part)] ?? 0).toPrecision(3);
  return `${at(0).padStart(7)} ${at(0.5).padStart(7)} ${at(1).padStart(7)}`;
}

console.log(
  'In units of JSON.parse of the new document: min, median, max. Operations and size against the edits made and the new document.\n',
);
console.log(
  `${'workload'.padEnd(44)}${'target'.padStart(7)} | ${'diff'.padEnd(23)} | ${'apply'.padEnd(23)} | ops/edits | size`,
);
workloads().forEach((work, index) => {
  const before: JsonValue = JSON.parse(work.before);
  const after: JsonValue = JSON.parse(work.after);
  const unit = (): unknown => JSON.parse(work.after);
  const patch: Patch = diff(before, after);
  if (JSON.stringify(sorted(apply(before, patch))) !== JSON.stringify(sorted(after)))
    throw new Error(`wrong patch for ${work.name}`);
  const diffs = summary(ratios(unit, () => diff(before, after)));
  const applies = summary(ratios(unit, () => apply(before, patch)));
  const size = `${JSON.stringify(patch).length} of ${work.after.length}`;
  console.log(
    `${work.name.padEnd(44)}${String(TARGETS[index]).padStart(7)} | ${diffs} | ${applies} | ${patch.length}/${work.edits} | ${size}`,
  );
});

const [, small] = workloads();
if (small !== undefined) {
  const before: JsonValue = JSON.parse(small.before);
  const after: JsonValue = JSON.parse(small.after);
  const compare = (): Patch => fastJsonPatch.compare(Object(before), Object(after));
  console.log(
    `\nfast-json-patch compare, ${small.name}: ${summary(ratios(() => JSON.parse(small.after), compare))} | ${compare().length}/${small.edits}`,
  );
}

/** Members by name, because order is no difference. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
