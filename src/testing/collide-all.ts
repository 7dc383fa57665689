import { type Change, type Collision, type CollisionReport, collide } from './collide.js';
import { diff } from './core.js';
import { textOf } from './store/json-text.js';

/** What people do to a document, by name, and how it is merged. */
export interface Collisions<T> extends Pick<Collision<T>, 'base' | 'merge' | 'resolve'> {
  readonly changes: Readonly<Record<string, Change<T>>>;
}

/** One pair of changes, and what it comes to. */
export interface CollisionRow<T> extends CollisionReport<T> {
  /** The change whose write is refused. */
  readonly local: string;
  /** The change that landed first. */
  readonly remote: string;
  /** Had the other one landed first, the document would be the same. */
  readonly sameEitherWay: boolean;
}

/**
 * Lets every change meet every other, each with itself too, in both orders: a table of what your rules make of it.
 *
 * @example
 * ```ts
 * import { counter } from 'unconflict';
 * import { collideAll } from 'unconflict/testing';
 *
 * const rows = await collideAll({
 *   base: { title: 'Draft', views: 1 },
 *   changes: {
 *     retitle: (article) => {
 *       article.title = 'Mine';
 *     },
 *     view: (article) => {
 *       article.views += 1;
 *     },
 *   },
 *   merge: { '/views': counter() },
 * });
 * for (const { local, remote, outcome, value } of rows) console.log(local, remote, outcome, value.views);
 * // retitle retitle merged 1
 * // retitle view merged 2
 * // view retitle merged 2
 * // view view merged 3
 * ```
 *
 * @returns the rows, in the order of `changes`: the local one first, and for it each remote one.
 * @throws InvalidPatchError (ERR_INVALID_PATCH) for a patch that does not apply to `base`.
 */
export async function collideAll<T>({ changes, ...how }: Collisions<T>): Promise<CollisionRow<T>[]> {
  const named = Object.entries(changes);
  const pairs = named.flatMap(([local, mine]) =>
    named.map(async ([remote, theirs]) => ({
      local,
      remote,
      ...(await collide({ ...how, local: mine, remote: theirs })),
    })),
  );
  const rows = await Promise.all(pairs);
  return rows.map((row) => {
    const other = rows.find(({ local, remote }) => local === row.remote && remote === row.local) ?? row;
    return { ...row, sameEitherWay: row.outcome === other.outcome && isSame(row.value, other.value) };
  });
}

/** Whatever order the members are in. */
const isSame = (a: unknown, b: unknown): boolean => diff(JSON.parse(textOf(a)), JSON.parse(textOf(b))).length === 0;
