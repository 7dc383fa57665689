import type { Operation } from 'fast-json-patch';
import type { JsonObject, JsonValue, Patch } from '../../../src/core/index.js';
import { equal, isObject, shuffled } from '../tools.js';
import { bothReordered, wrongOrder } from './judge-order.js';
import type { Random } from './random.js';
import type { Scene } from './verdict.js';

/** A row that has no key anybody could know, and yet is the same row. */
interface Row {
  readonly id: string;
  readonly says: Map<string, string>;
}

type Kind = 'named' | 'bare' | 'scalar';

interface Side {
  readonly mark: string;
  readonly kind: Kind;
  readonly rows: Row[];
  readonly patch: Patch;
  /** Which row each value of its own belongs to. */
  readonly owners: Map<string, string>;
  readonly changed: Set<string>;
  moved: boolean;
  made: number;
}

function sideOn(rows: readonly Row[], kind: Kind, mark: string, owners: Map<string, string>): Side {
  const copies = rows.map(({ id, says }) => ({ id, says: new Map(says) }));
  return { mark, kind, rows: copies, patch: [], owners, changed: new Set(), moved: false, made: 0 };
}

function write({ says }: Row, kind: Kind): JsonValue {
  if (kind === 'scalar') return says.get('a') ?? '';
  const row: JsonObject = Object.fromEntries(says);
  return row;
}

function fresh(side: Side, owner: string): string {
  const value = `${side.mark}${side.made++}`;
  side.owners.set(value, owner);
  return value;
}

/** One thing that a side does. Nobody ever changes what a row is named by. */
function act(side: Side, random: Random): void {
  const at = random.below(side.rows.length);
  const row = side.rows[at];
  const what = random.below(10);
  const tell = (operation: Operation): number => side.patch.push(operation);
  if (row === undefined || what < 3) {
    const id = `${side.mark}row${side.made}`;
    const names = side.kind === 'named' ? ['n', 'b', 'c'] : side.kind === 'bare' ? ['a', 'b', 'c'] : ['a'];
    const made: Row = { id, says: new Map(names.map((name) => [name, fresh(side, id)])) };
    if (side.kind === 'named') made.says.set('a', 'x');
    const place = random.below(side.rows.length + 1);
    tell({ op: 'add', path: `/l/${place}`, value: write(made, side.kind) });
    side.rows.splice(place, 0, made);
  } else if (what < 5) {
    side.rows.splice(at, 1);
    tell({ op: 'remove', path: `/l/${at}` });
  } else if (what < 6) {
    const place = random.below(side.rows.length);
    if (place === at) return;
    side.rows.splice(place, 0, ...side.rows.splice(at, 1));
    side.moved = true;
    tell({ op: 'move', from: `/l/${at}`, path: `/l/${place}` });
  } else {
    const names = [...row.says.keys()].filter((name) => name !== 'n');
    const name = names[random.below(names.length)];
    if (name === undefined) return;
    side.changed.add(row.id);
    const path = side.kind === 'scalar' ? `/l/${at}` : `/l/${at}/${name}`;
    if (side.kind !== 'scalar' && random.chance(0.2)) {
      row.says.delete(name);
      tell({ op: 'remove', path });
      return;
    }
    const value = fresh(side, row.id);
    row.says.set(name, value);
    tell({ op: 'replace', path, value });
  }
}

/** Rows without ids: some say who they are (but nobody was told that this is a key), some say nothing of the kind. */
export function rowScene(random: Random): Scene | undefined {
  const kind = random.pick<Kind>(['named', 'bare', 'scalar']);
  const owners = new Map<string, string>();
  const base: Row[] = Array.from({ length: 1 + random.below(5) }, (_, at) => {
    const id = `r${at}`;
    const own = (name: string): [string, string] => {
      owners.set(`${id}.${name}`, id);
      return [name, `${id}.${name}`];
    };
    if (kind === 'named') return { id, says: new Map([own('n'), ['a', 'x'], ['b', 'x'], own('c')]) };
    return { id, says: new Map(kind === 'bare' ? [own('a'), own('b'), own('c')] : [own('a')]) };
  });
  const local = sideOn(base, kind, 'L', owners);
  for (let count = 1 + random.below(2); count > 0; count--) act(local, random);
  const remote = sideOn(base, kind, 'R', owners);
  for (let count = 1 + random.below(3); count > 0; count--) act(remote, random);
  const document = (rows: readonly Row[]): JsonValue => ({ l: rows.map((row) => write(row, kind)) });
  const there = random.chance(0.4) ? shuffled(document(remote.rows)) : document(remote.rows);
  if (equal(there, document(base))) return undefined;
  // A scalar that was replaced and moved is another one to everybody.
  if (kind === 'scalar' && remote.moved && remote.changed.size > 0) return undefined;
  const must: string[] = [];
  const right = new Map<string, Map<string, string>>();
  for (const id of new Set([...base, ...local.rows, ...remote.rows].map((row) => row.id))) {
    const [b, l, r] = [base, local.rows, remote.rows].map((rows) => rows.find((row) => row.id === id)?.says);
    if (b === undefined) {
      const made = l ?? r;
      if (made !== undefined) right.set(id, made);
    } else if (l === undefined && r !== undefined && differs(b, r)) must.push(`${id} removed here, changed there`);
    else if (r === undefined && l !== undefined && differs(b, l)) must.push(`${id} removed there, changed here`);
    else if (l !== undefined && r !== undefined) {
      const says = new Map<string, string>();
      for (const name of new Set([...b.keys(), ...l.keys(), ...r.keys()])) {
        const [was, mine, other] = [b.get(name), l.get(name), r.get(name)];
        if (mine !== was && other !== was && mine !== other) must.push(`${id}.${name} set by both`);
        const value = mine === was ? other : mine;
        if (value !== undefined) says.set(name, value);
      }
      right.set(id, says);
    }
  }
  const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);
  const orders = { base: ids(base), local: ids(local.rows), remote: ids(remote.rows) };
  // Rows that remote neither changed nor moved are known by their values.
  const unsure = remote.changed.size > 0 || remote.moved || (local.moved && remote.rows.length < base.length);
  return {
    input: { base: document(base), patch: local.patch, remote: there },
    must: must[0],
    may: unsure ? 'no key tells' : bothReordered({ ...orders, merged: [] }) ? 'both reordered it' : undefined,
    always: (output) => {
      const clean = output.conflicts.length === 0 && must.length === 0;
      const items = isObject(output.value) && Array.isArray(output.value.l) ? output.value.l : [];
      const merged: string[] = [];
      for (const item of items) {
        const values = isObject(item) ? Object.values(item).map(String) : [String(item)];
        const who = new Set(values.flatMap((value) => owners.get(value) ?? []));
        if (who.size > 1) return `one row of ${[...who].join(' and ')}`;
        const [id = '?'] = who;
        if (merged.includes(id) && id !== '?') return `${id} is there twice`;
        merged.push(id);
        const says = right.get(id);
        if (clean && says !== undefined && !equal(item, write({ id, says }, kind)))
          return `${id} is ${JSON.stringify(item)}`;
      }
      if (!clean) return lostOf(remote, local, base, merged);
      const wanted = [...right.keys()].sort().join(' ');
      // A row whose every value is gone cannot be told from another.
      if (!merged.includes('?') && [...merged].sort().join(' ') !== wanted)
        return `${merged.join(' ')} instead of ${wanted}`;
      return merged.includes('?') ? undefined : wrongOrder({ ...orders, merged });
    },
    wrong: () => undefined,
  };
}

/** Something else than members taken out, which goes with the row. */
function differs(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  return [...after].some(([name, value]) => before.get(name) !== value);
}

/** With open conflicts, remote's rows are there but for those that local removed. */
function lostOf(remote: Side, local: Side, base: readonly Row[], merged: readonly string[]): string | undefined {
  const kept = remote.rows.filter(
    ({ id }) => !base.some((row) => row.id === id) || local.rows.some((row) => row.id === id),
  );
  const lost = kept.filter(
    ({ id, says }) => !merged.includes(id) && [...says.values()].some((value) => remote.owners.has(value)),
  );
  return lost.length > 0 ? `lost: ${lost.map(({ id }) => id).join(' ')}` : undefined;
}
