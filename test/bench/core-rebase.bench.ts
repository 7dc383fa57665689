import type { RebaseOutput } from '../../src/core/conflict.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import { apply } from '../../src/core/patch/apply.js';
import { rebase } from '../../src/core/rebase/rebase.js';
import type { RebaseWork } from './rebase-workloads.js';
import { keyedEdits, rebaseWorkloads } from './rebase-workloads.js';
import { random } from './workloads.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21);

interface Timing {
  /** Rebase by JSON.parse of the very text it was given: smallest, median, largest. */
  readonly ratios: readonly number[];
  /** Median milliseconds of one rebase. */
  readonly ms: number;
  readonly output: RebaseOutput;
}

/** Parses and rebases by turns, a freshly parsed remote each time: nothing can be kept from one round to the next. */
function measure({ base, patch, remote, merge }: RebaseWork): Timing {
  const repeat = Math.max(1, Math.min(200, Math.floor(100_000 / remote.length)));
  const options = merge === undefined ? {} : { merge };
  const round = (): { parse: number; rebased: number; output: RebaseOutput } => {
    let parse = 0;
    let rebased = 0;
    let output: RebaseOutput | undefined;
    for (let run = 0; run < repeat; run++) {
      const start = performance.now();
      const document: JsonValue = JSON.parse(remote);
      const middle = performance.now();
      output = rebase({ base, patch, remote: document, ...options });
      rebased += performance.now() - middle;
      parse += middle - start;
    }
    if (output === undefined) throw new Error('no round');
    return { parse, rebased, output };
  };
  // A list of 10,000 takes some 40 calls until all of its loops are compiled: fewer measure the compiler.
  const warmUp = remote.length < 500_000 ? 60 : 5;
  for (let warm = 0; warm < warmUp; warm++) round();
  const rounds = Array.from({ length: ROUNDS }, round);
  const sorted = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);
  const [{ output } = round()] = rounds;
  return {
    ratios: sorted(rounds.map(({ parse, rebased }) => rebased / parse)),
    ms: sorted(rounds.map(({ rebased }) => rebased / repeat))[Math.floor(ROUNDS / 2)] ?? 0,
    output,
  };
}

function told({ ratios, ms }: Timing): string {
  const at = (part: number): string => (ratios[Math.floor((ratios.length - 1) * part)] ?? 0).toPrecision(3).padStart(8);
  return `${at(0)}${at(0.5)}${at(1)} | ${ms.toPrecision(3).padStart(9)}`;
}

const HEAD = `    min  median     max | ms, median`;
console.log('Rebase in units of JSON.parse of the remote text, parsed afresh and timed in the same round.\n');
console.log(`${'workload'.padEnd(54)}target | ${HEAD} | operations in and out, conflicts`);
for (const work of rebaseWorkloads()) {
  const timing = measure(work);
  const { patch, value, conflicts } = timing.output;
  if (!deepEqual(apply(JSON.parse(work.remote), patch), value)) throw new Error(`wrong patch for ${work.name}`);
  const counts = `${work.patch.length} → ${patch.length}, ${conflicts.length}`;
  console.log(`${work.name.padEnd(52)}${String(work.target ?? '–').padStart(8)} | ${told(timing)} | ${counts}`);
}

/** A keyed document of about this many characters, and a remote with a head insert and some edits. */
function keyedWork(items: number, operations: number): RebaseWork {
  const next = random(items);
  const item = (id: number): { [name: string]: JsonValue } => ({
    id,
    name: `item ${Math.floor(next() * 1e9)}`,
    note: 'some words about it, as people write',
    price: 1,
  });
  const base = { title: 'growth', items: Array.from({ length: items }, (_, id) => item(id)) };
  const remote = {
    ...base,
    items: [item(-1), ...base.items.map((one, at) => (at % 50 === 7 ? { ...one, price: 2 } : one))],
  };
  return {
    name: '',
    target: undefined,
    base,
    patch: keyedEdits(items, operations, next),
    remote: JSON.stringify(remote),
  };
}

function numberWork(items: number): RebaseWork {
  const next = random(items);
  const base = Array.from({ length: items }, () => Math.floor(next() * items));
  const remote = [...base];
  for (let edit = 0; edit < 20; edit++) remote.splice(Math.floor(next() * remote.length), edit % 2, -edit);
  const patch: Patch = [{ op: 'replace', path: `/${items >> 1}`, value: 'local' }];
  return { name: '', target: undefined, base, patch, remote: JSON.stringify(remote) };
}

const curves: [title: string, points: [point: number, work: RebaseWork][]][] = [
  ['size: keyed items, one operation', [10, 100, 1_000, 10_000, 100_000].map((items) => [items, keyedWork(items, 1)])],
  [
    'operations: on 10,000 keyed items',
    [1, 10, 100, 1_000].map((operations) => [operations, keyedWork(10_000, operations)]),
  ],
  [
    'items: numbers with duplicates, one operation',
    [10, 100, 1_000, 10_000, 100_000].map((items) => [items, numberWork(items)]),
  ],
];
for (const [title, points] of curves) {
  console.log(`\n${title}\n${'point'.padStart(8)}${'kB'.padStart(10)} | ${HEAD}`);
  for (const [point, work] of points) {
    console.log(
      `${String(point).padStart(8)}${(work.remote.length / 1000).toPrecision(3).padStart(10)} | ${told(measure(work))}`,
    );
  }
}
