import type { JsonObject, JsonValue, Patch } from '../../../src/core/index.js';
import { equal, isObject } from '../tools.js';
import type { Orders } from './judge-order.js';
import { bothReordered, wrongOrder } from './judge-order.js';
import type { Random } from './random.js';
import type { Scene } from './verdict.js';

/** A row is known by its `n`, to us and not to a merge that was told of no key. */
interface Row {
  readonly n: string;
  readonly cells: Readonly<Record<string, string>>;
}

const NAMES = ['a', 'b', 'c'] as const;
/** Few, so that rows look alike. */
const WORDS = ['x', 'y', 'z'] as const;

/** One side's rows, and the patch that made them. */
class Sheet {
  readonly patch: Patch = [];
  readonly rows: Row[];
  readonly deeds: Set<'edit' | 'insert' | 'remove' | 'move'> = new Set();

  constructor(base: readonly Row[]) {
    this.rows = [...base];
  }

  act(random: Random, mark: string): void {
    const at = random.below(this.rows.length);
    const row = this.rows[at];
    const kind = random.below(10);
    if (kind < 2 || row === undefined)
      this.#insert(random.below(this.rows.length + 1), { n: `${mark}${this.patch.length}`, cells: cellsOf(random) });
    else if (kind < 4) this.#remove(at);
    else if (kind < 6 && this.rows.length > 1) this.#move(at, random.below(this.rows.length));
    else if (kind < 9) this.#edit(at, row, random.pick(NAMES), random);
    else this.#replace(at, { ...row, cells: cellsOf(random) });
  }

  #insert(at: number, row: Row): void {
    this.rows.splice(at, 0, row);
    this.deeds.add('insert');
    this.patch.push({ op: 'add', path: `/l/${at}`, value: written(row) });
  }

  #remove(at: number): void {
    this.rows.splice(at, 1);
    this.deeds.add('remove');
    this.patch.push({ op: 'remove', path: `/l/${at}` });
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    this.rows.splice(to, 0, ...this.rows.splice(from, 1));
    this.deeds.add('move');
    this.patch.push({ op: 'move', from: `/l/${from}`, path: `/l/${to}` });
  }

  #edit(at: number, row: Row, name: string, random: Random): void {
    const { [name]: before, ...others } = row.cells;
    const path = `/l/${at}/${name}`;
    this.deeds.add('edit');
    if (before !== undefined && random.chance(0.3)) {
      this.rows[at] = { ...row, cells: others };
      this.patch.push({ op: 'remove', path });
      return;
    }
    const value = random.pick([...WORDS, `${random.below(1_000)}`]);
    this.rows[at] = { ...row, cells: { ...row.cells, [name]: value } };
    this.patch.push({ op: 'add', path, value });
  }

  #replace(at: number, row: Row): void {
    this.rows[at] = row;
    this.deeds.add('edit');
    this.patch.push({ op: 'replace', path: `/l/${at}`, value: written(row) });
  }
}

function cellsOf(random: Random): Record<string, string> {
  return Object.fromEntries(NAMES.filter(() => random.chance(0.8)).map((name) => [name, random.pick(WORDS)]));
}

function written({ n, cells }: Row): JsonObject {
  return { n, ...cells };
}

/** The same row from a server that writes its members in another order. */
function shuffled({ n, cells }: Row): JsonObject {
  return { ...Object.fromEntries(Object.entries(cells).reverse()), n };
}

type Cells = Readonly<Record<string, string>> | undefined;

/** Both sides' row as one; undefined: nobody can tell without asking. `null`: it is gone. */
function mergedRow(base: Cells, local: Cells, remote: Cells): Cells | null {
  if (base === undefined) return local ?? remote ?? null;
  if (local === undefined && remote === undefined) return null;
  // Who takes a part out of what the other takes out whole has done nothing that is left.
  if (local === undefined || remote === undefined) return isPart(local ?? remote ?? {}, base) ? null : undefined;
  const names = new Set([base, local, remote].flatMap((cells) => Object.keys(cells)));
  const cells: Record<string, string> = {};
  for (const name of names) {
    const [was, mine, theirs] = [base[name], local[name], remote[name]];
    if (mine !== was && theirs !== was && mine !== theirs) return undefined;
    const value = mine === was ? theirs : mine;
    if (value !== undefined) cells[name] = value;
  }
  return cells;
}

function isPart(cells: Record<string, string>, whole: Record<string, string>): boolean {
  return Object.entries(cells).every(([name, cell]) => whole[name] === cell);
}

/** Rows without ids: whatever was done to which row must be done to that one, or be asked about. */
export function rowScene(random: Random): Scene | undefined {
  const base: Row[] = Array.from({ length: 1 + random.below(random.pick([4, 8])) }, (_, at) => ({
    n: `n${at}`,
    cells: cellsOf(random),
  }));
  const [local, remote] = [new Sheet(base), new Sheet(base)];
  for (let count = 1 + random.below(random.pick([2, 5])); count > 0; count--) local.act(random, 'L');
  for (let count = random.below(random.pick([4, 7])); count > 0; count--) remote.act(random, 'R');
  const writeThere = random.chance(0.3) ? shuffled : written;
  // One row in the place of another that is much like it is that one edited: nobody could tell it from that.
  const others = base.filter(({ n }, at) => remote.rows[at]?.n !== n);
  if (base.length === remote.rows.length && others.length === 1 && !remote.rows.some(({ n }) => n === others[0]?.n))
    return undefined;
  const cellsIn = (rows: readonly Row[], n: string): Cells => rows.find((row) => row.n === n)?.cells;
  const all = new Set([...base, ...local.rows, ...remote.rows].map(({ n }) => n));
  const right = new Map<string, Cells>();
  let must: string | undefined;
  for (const n of all) {
    const cells = mergedRow(cellsIn(base, n), cellsIn(local.rows, n), cellsIn(remote.rows, n));
    if (cells === undefined) must = `both changed ${n}`;
    else if (cells !== null) right.set(n, cells);
  }
  const orders = (merged: readonly string[]): Orders => ({
    base: base.map(({ n }) => n),
    local: local.rows.map(({ n }) => n),
    remote: remote.rows.map(({ n }) => n),
    merged,
  });
  const { deeds } = remote;
  const removedAndMoved = local.deeds.has('move') && base.some(({ n }) => !remote.rows.some((row) => row.n === n));
  const isTold = !deeds.has('move') && !deeds.has('edit') && !(deeds.has('insert') && deeds.has('remove'));
  return {
    input: {
      base: { l: base.map(written) },
      patch: local.patch,
      remote: { l: remote.rows.map(writeThere), z: random.below(2) },
    },
    must,
    may: bothReordered(orders([]))
      ? 'both reordered it'
      : removedAndMoved
        ? 'moved / removed'
        : isTold
          ? undefined
          : 'no key tells which row is which',
    always: ({ value, conflicts }) => {
      if (conflicts.length > 0 || must !== undefined) return undefined;
      const rows = rowsIn(value);
      const wanted = [...right].map(([n, cells]) => JSON.stringify([n, sorted(cells ?? {})])).sort();
      const got = rows.map(({ n, ...cells }) => JSON.stringify([n, sorted(cells)])).sort();
      return equal(got, wanted) ? undefined : `${got.join(' ')} instead of ${wanted.join(' ')}`;
    },
    wrong: ({ value }) => wrongOrder(orders(rowsIn(value).map(({ n }) => String(n)))),
  };
}

function rowsIn(value: JsonValue): JsonObject[] {
  return isObject(value) && Array.isArray(value.l) ? value.l.filter(isObject) : [];
}

function sorted(cells: JsonObject): [string, JsonValue][] {
  return Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1));
}
