import { text } from '../../src/core/index.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import type { MergeRule } from '../../src/core/rules/rule.js';
import { random, workloads } from './workloads.js';

/** One rebase: a base, the local operations made on it, and the text of what the server has now. */
export interface RebaseWork {
  readonly name: string;
  /** The design's target, in units of JSON.parse of the remote text; `undefined` where only a blow-up counts. */
  readonly target: number | undefined;
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly remote: string;
  readonly merge?: { readonly [pattern: string]: MergeRule };
}

type Next = () => number;

/** Edits inside keyed items, an append and a head insert. */
export function keyedEdits(count: number, operations: number, next: Next): Patch {
  return Array.from({ length: operations }, (_, at) => {
    if (at % 5 === 3) return { op: 'add', path: '/items/-', value: { id: `new ${at}`, name: 'new' } };
    if (at % 5 === 4) return { op: 'add', path: '/items/0', value: { id: `first ${at}`, name: 'new' } };
    // Appends and head inserts only make the list longer: the place is there.
    return { op: 'replace', path: `/items/${Math.floor(next() * count)}/name`, value: `local ${at}` };
  });
}

/** Inserts, removals and replacements all over a list of scalars. */
function scalarEdits(length: number, operations: number, value: () => JsonValue, next: Next): Patch {
  let size = length;
  return Array.from({ length: operations }, (_, at) => {
    const path = `/${Math.floor(next() * size)}`;
    if (at % 3 === 0) return { op: 'replace', path, value: value() };
    size += at % 3 === 1 ? 1 : -1;
    return at % 3 === 1 ? { op: 'add', path, value: value() } : { op: 'remove', path };
  });
}

function textWork(): RebaseWork {
  const next = random(5);
  const words = Array.from({ length: 8_000 }, () => Math.floor(next() * 1e6).toString(36));
  const edited = (edits: number, mark: string): string => {
    const copy = [...words];
    for (let edit = 0; edit < edits; edit++) copy[Math.floor(next() * copy.length)] = `${mark}${edit}`;
    return copy.join(' ');
  };
  return {
    name: '50 kB text, 10 local and 15 remote edits',
    target: 20,
    base: { body: words.join(' ') },
    patch: [{ op: 'replace', path: '/body', value: edited(10, 'local') }],
    remote: JSON.stringify({ body: edited(15, 'remote') }),
    merge: { '/body': text() },
  };
}

/** Objects in objects, or each in a list of its own: a list without keys whose only item both changed is never guessed at. */
function deepWork(levels: number, target: number | undefined, open: string, close: string, token: string): RebaseWork {
  const document = (a: number, b: number): string => `${open.repeat(levels)}{"l":${a},"r":${b}}${close.repeat(levels)}`;
  const patch: Patch = [{ op: 'replace', path: `${token.repeat(levels)}/l`, value: 2 }];
  const name = `${levels} levels of ${open.includes('[') ? 'objects in lists' : 'objects'}`;
  return { name, target, base: JSON.parse(document(1, 1)), patch, remote: document(1, 2) };
}

function equalWork(count: number, value: JsonValue): RebaseWork {
  const list = Array.from({ length: count }, () => value);
  const patch: Patch = [
    { op: 'replace', path: '/0', value: 'local' },
    { op: 'remove', path: `/${count - 2}` },
  ];
  return {
    name: `${count} equal ${typeof value}s`,
    target: undefined,
    base: list,
    patch,
    remote: JSON.stringify([...list.slice(100), 'remote', ...list.slice(0, 50)]),
  };
}

/** The rebase column of the design's speed table, and what must not blow up. */
export function rebaseWorkloads(): RebaseWork[] {
  const next = random(11);
  const number = (): JsonValue => Math.floor(next() * 3_000);
  const string = (): JsonValue => `local ${Math.floor(next() * 1e9)}`;
  const article: Patch = [
    { op: 'replace', path: '/author/name', value: 'Ada' },
    { op: 'add', path: '/tags/-', value: 'local' },
    { op: 'replace', path: '/comments/2/text', value: 'local' },
  ];
  const local: [target: number | undefined, patch: Patch][] = [
    [5, article],
    [0.5, keyedEdits(200, 5, next)],
    [0.5, keyedEdits(5_000, 10, next)],
    [0.3, keyedEdits(50_000, 1, next)],
    [4, scalarEdits(10_000, 20, number, next)],
    [4, scalarEdits(10_000, 20, string, next)],
    [undefined, scalarEdits(10_000, 20, string, next)],
  ];
  const known = workloads()
    .slice(0, local.length)
    .map(({ name, before, after }, at): RebaseWork => {
      const [target, patch] = local[at] ?? [undefined, []];
      return { name: `${name}; ${patch.length} local`, target, base: JSON.parse(before), patch, remote: after };
    });
  return [
    ...known,
    textWork(),
    deepWork(999, 5, '{"a":', '}', '/a'),
    deepWork(333, 5, '{"a":[{"b":1},', ']}', '/a/1'),
    equalWork(3_000, 'same'),
    equalWork(5_000, 7),
  ];
}
