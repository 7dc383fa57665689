import type { JsonValue } from '../../src/core/json.js';

/** One before and after pair of the size and kind of edit that clients meet. */
export interface Workload {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** How many operations made `after`: what a compact patch comes near. */
  readonly edits: number;
}

type Item = { id: number; name: string; note: string; price: number; tags: string[]; at: { x: number; y: number } };

/** The same numbers every time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function item(id: number, next: () => number, note: number): Item {
  const word = (): string => Math.floor(next() * 1e9).toString(36);
  return {
    id,
    name: `${word()} ${word()}`,
    note: Array.from({ length: note }, word).join(' '),
    price: Math.floor(next() * 10_000) / 100,
    tags: [word(), word()],
    at: { x: Math.floor(next() * 1000), y: Math.floor(next() * 1000) },
  };
}

function keyed(name: string, count: number, note: number, edits: number, structural: number, moves: number): Workload {
  const next = random(count);
  const items = Array.from({ length: count }, (_, id) => item(id, next, note));
  const before = JSON.stringify({ title: name, items });
  const after: Item[] = JSON.parse(JSON.stringify(items));
  const any = (): number => Math.floor(next() * after.length);
  for (let edit = 0; edit < edits; edit++) {
    const target = after[any()];
    if (target !== undefined) target.price += 1;
  }
  for (let edit = 0; edit < structural; edit++) after.unshift(item(count + edit, next, note));
  for (let edit = 0; edit < moves; edit++) after.splice(any(), 0, ...after.splice(any(), 1));
  return { name, before, after: JSON.stringify({ title: name, items: after }), edits: edits + structural + moves };
}

function plain(name: string, values: (next: () => number) => JsonValue, edits: number): Workload {
  const next = random(7);
  const list = Array.from({ length: 10_000 }, () => values(next));
  const before = JSON.stringify(list);
  for (let edit = 0; edit < edits; edit++) {
    const at = Math.floor(next() * list.length);
    if (edit % 3 === 0) list.splice(at, 1);
    else list.splice(at, edit % 3 === 1 ? 0 : 1, values(next));
  }
  return { name, before, after: JSON.stringify(list), edits };
}

function shuffled(): Workload {
  const next = random(9);
  const list = Array.from({ length: 10_000 }, () => `entry ${Math.floor(next() * 1e9)}`);
  const after = list
    .map((text) => ({ text, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ text }) => text);
  return {
    name: '10,000 strings fully shuffled',
    before: JSON.stringify(list),
    after: JSON.stringify(after),
    edits: 1,
  };
}

function article(): Workload {
  const next = random(3);
  const words = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(next() * 1e6).toString(36)).join(' ');
  const before = {
    id: 'a1',
    title: words(6),
    author: { name: words(2), url: words(1) },
    body: words(180),
    tags: ['a', 'b', 'c'],
    comments: Array.from({ length: 4 }, (_, id) => ({ id, by: words(2), text: words(20) })),
    updatedAt: '2026-01-01',
    views: 10,
  };
  const after = {
    ...before,
    title: words(6),
    views: 11,
    comments: [...before.comments, { id: 9, by: words(2), text: words(8) }],
  };
  return { name: '2 kB article, 3 operations', before: JSON.stringify(before), after: JSON.stringify(after), edits: 3 };
}

function deep(): Workload {
  const text = (value: number): string => '{"a":[{"b":1},'.repeat(499) + value + ']}'.repeat(499);
  return { name: '1,000 levels deep', before: text(1), after: text(2), edits: 1 };
}

/** The workloads of the design's speed table; local edits only, as `diff` sees them. */
export function workloads(): Workload[] {
  return [
    article(),
    keyed('100 kB, 200 keyed items', 200, 60, 10, 3, 0),
    keyed('1 MB, 5,000 keyed items, moves', 5_000, 12, 50, 5, 10),
    keyed('10 MB, 50,000 keyed items', 50_000, 12, 5, 1, 0),
    plain('10,000 numbers with duplicates, 100 edits', (next) => Math.floor(next() * 3_000), 100),
    plain('10,000 strings, 100 edits', (next) => `entry ${Math.floor(next() * 1e9)}`, 100),
    shuffled(),
    deep(),
  ];
}
