import type { Operation } from 'fast-json-patch';
import type { JsonValue, Patch } from '../../../src/core/index.js';
import { list } from '../../../src/core/index.js';
import { isObject } from '../tools.js';
import type { Orders } from './judge-order.js';
import { bothReordered, wrongOrder } from './judge-order.js';
import type { Random } from './random.js';
import type { Scene } from './verdict.js';

const KEYS = ['id', 'sku', 'n', undefined] as const;

/** One side's list in the making. */
class Row {
  readonly patch: Patch = [];
  readonly items: string[];
  constructor(
    base: readonly string[],
    private readonly write: (id: string) => JsonValue,
  ) {
    this.items = [...base];
  }

  tell(operation: Operation): void {
    this.patch.push(operation);
  }

  insert(at: number, id: string): void {
    this.items.splice(at, 0, id);
    this.tell({ op: 'add', path: `/l/${at}`, value: this.write(id) });
  }

  remove(at: number): void {
    this.items.splice(at, 1);
    this.tell({ op: 'remove', path: `/l/${at}` });
  }

  move(from: number, to: number): void {
    if (from === to) return;
    this.items.splice(to, 0, ...this.items.splice(from, 1));
    this.tell({ op: 'move', from: `/l/${from}`, path: `/l/${to}` });
  }

  /** Brings the items of an order into it, whatever else is there. */
  arrange(order: readonly string[]): void {
    const wanted = order.filter((id) => this.items.includes(id));
    const places = this.items.flatMap((id, at) => (wanted.includes(id) ? [at] : []));
    for (const [nth, id] of wanted.entries()) this.move(this.items.indexOf(id), places[nth] ?? 0);
  }
}

function shuffledBy<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(random.below(rest.length), 1)[0]).filter((one) => one !== undefined);
}

/** Both reorder a list, mostly alike, beside inserts and removals of their own. */
export function alikeScene(random: Random): Scene {
  const key = random.pick(KEYS);
  const write = (id: string): JsonValue => (key === undefined ? id : { [key]: id });
  const base = Array.from({ length: 2 + random.below(4) }, (_, at) => `i${at}`);
  const order = random.chance(0.5) ? shuffledBy(base, random) : movedOnce(base, random);
  const local = new Row(base, write);
  const remote = new Row(base, write);
  const trim = (side: Row, mark: string): void => {
    for (let count = random.below(3); count > 0; count--) {
      if (random.chance(0.7)) side.insert(random.below(side.items.length + 1), `${mark}${count}`);
      else if (side.items.length > 1) side.remove(random.below(side.items.length));
    }
  };
  if (random.chance(0.5)) trim(local, 'L');
  if (random.chance(0.8)) local.arrange(order);
  trim(local, 'M');
  const how = random.below(10);
  if (how < 7) remote.arrange(order);
  else if (how < 8) remote.arrange(movedOnce(base, random));
  trim(remote, 'R');
  const orders = (merged: readonly string[]): Orders => ({ base, local: local.items, remote: remote.items, merged });
  const right = new Set([
    ...remote.items.filter((id) => local.items.includes(id) || !base.includes(id)),
    ...local.items.filter((id) => !base.includes(id)),
  ]);
  const removedAndMoved = base.some((id) => !remote.items.includes(id) && local.patch.some((one) => one.op === 'move'))
    ? 'moved / removed'
    : undefined;
  const unkeyed = key === 'n' || key === undefined;
  const theirMoves =
    remote.items.filter((id) => base.includes(id)).join() !== base.filter((id) => remote.items.includes(id)).join();
  return {
    input: {
      base: { l: base.map(write) },
      patch: local.patch,
      remote: { l: remote.items.map(write), z: random.below(2) },
      ...(key === 'sku' ? { merge: { '/l': list({ key }) } } : {}),
    },
    must: undefined,
    may: bothReordered(orders([]))
      ? 'both reordered it'
      : (removedAndMoved ?? (unkeyed && theirMoves ? 'no key tells what moved' : undefined)),
    wrong: ({ value }) => {
      const merged = (isObject(value) && Array.isArray(value.l) ? value.l : []).map((item) =>
        String(isObject(item) && key !== undefined ? item[key] : item),
      );
      if ([...merged].sort().join() !== [...right].sort().join())
        return `${merged.join(' ')} instead of ${[...right].join(' ')}`;
      return wrongOrder(orders(merged));
    },
  };
}

function movedOnce(base: readonly string[], random: Random): string[] {
  const order = [...base];
  order.splice(random.below(order.length), 0, ...order.splice(random.below(order.length), 1));
  return order;
}
