import {
  apply,
  type ConflictContext,
  type ConflictResolver,
  type DeepReadonly,
  diff,
  type JsonValue,
  type MergeConflict,
  type MergeTable,
  type Patch,
  type Pointer,
  type RebaseOutput,
  type Resolution,
  type ResolvedConflict,
  rebase,
} from './core.js';
import { type Settled, settle } from './settle.js';
import { textOf } from './store/json-text.js';

/** What one client does to a document: a recipe that changes a copy or returns a new value, or a JSON Patch. */
export type Change<T> = ((draft: T) => DeepReadonly<T> | void) | Patch;

/** Two clients and one document. */
export interface Collision<T> {
  /** What both of them read. */
  readonly base: T;
  /** What the client did whose write is refused. The rules and the resolver are this client's. */
  readonly local: Change<T>;
  /** What the other client did, who was faster. */
  readonly remote: Change<T>;
  readonly merge?: MergeTable<T>;
  readonly resolve?: ConflictResolver<T>;
}

/** What a collision comes to. */
export interface CollisionReport<T> {
  /**
   * `merged`: nobody had to be asked. `resolved`: the resolver settled it. `discarded`: the resolver let the edit go.
   * `rejected`: the edit ends in a ConflictError, and nothing is written.
   */
  readonly outcome: 'merged' | 'resolved' | 'discarded' | 'rejected';
  /** The document as it would be written; remote's value wherever a conflict is open. */
  readonly value: T;
  /** What leads from remote's document to `value`. */
  readonly patch: Patch;
  /** What nobody settled. */
  readonly conflicts: readonly MergeConflict[];
  /** What was settled, and whether by a rule or by the resolver. */
  readonly resolved: readonly ResolvedConflict[];
  /** What the resolver was asked about; empty where it was not asked. */
  readonly asked: readonly MergeConflict[];
  /** What the resolver threw, or what is wrong with its answer. */
  readonly cause: unknown;
}

/**
 * Lets two clients change one document at once and tells what comes of it: a test bench for your own rules and resolvers, without a
 * server, a clock or a test runner. The remote change landed first and the local one is rebased onto it; swap them for the other order.
 *
 * @example
 * ```ts
 * import { collide } from 'unconflict/testing';
 *
 * const report = await collide({
 *   base: { title: 'Draft', views: 1 },
 *   local: (article) => {
 *     article.title = 'Mine';
 *   },
 *   remote: (article) => {
 *     article.title = 'Theirs';
 *     article.views += 1;
 *   },
 *   resolve: () => 'local',
 * });
 * console.log(report.outcome, report.value); // resolved { title: 'Mine', views: 2 }
 * ```
 *
 * @returns a report. A resolver that throws or answers nonsense is `rejected` there, with that as `cause`, as it is in the client.
 * @throws InvalidPatchError (ERR_INVALID_PATCH) for a patch that does not apply to `base`.
 */
export async function collide<T>(collision: Collision<T>): Promise<CollisionReport<T>> {
  const { merge, resolve } = collision;
  const base: JsonValue = JSON.parse(textOf(collision.base));
  const remote = changed(base, collision.remote);
  const local = changed(base, collision.local);
  const patch = typeof collision.local === 'function' ? diff(base, local, merge ? { merge } : {}) : collision.local;
  const rebased = (resolutions?: Record<Pointer, Resolution>): RebaseOutput =>
    rebase({ base, patch, remote, ...(merge && { merge }), ...(resolutions && { resolutions }) });

  const open = rebased();
  if (open.conflicts.length === 0) return report({ outcome: 'merged', output: open }, []);
  if (!resolve) return report({ outcome: 'rejected', output: open }, []);

  const context: ConflictContext<T> = Object.freeze({
    reason: 'stale',
    url: 'http://conflict.test/collision',
    base: copy<DeepReadonly<T>>(base),
    local: copy<DeepReadonly<T>>(local),
    remote: copy<DeepReadonly<T>>(remote),
    merged: copy<DeepReadonly<T>>(open.value),
    conflicts: open.conflicts,
    patch: [...patch],
    attempt: 1,
    signal: new AbortController().signal,
  });
  try {
    return report(settle(await resolve(context), { remote, open, rebased }), open.conflicts);
  } catch (error) {
    return report({ outcome: 'rejected', output: open }, open.conflicts, error);
  }
}

function report<T>(
  { outcome, output }: Settled | { readonly outcome: 'merged'; readonly output: RebaseOutput },
  asked: readonly MergeConflict[],
  cause?: unknown,
): CollisionReport<T> {
  const { value, patch, conflicts, resolved } = output;
  return { outcome, value: copy<T>(value), patch, conflicts, resolved, asked, cause };
}

/** JSON has no types: what the caller calls a T is one if `base` was. */
function copy<T>(value: JsonValue): T {
  const typed: T = JSON.parse(textOf(value));
  return typed;
}

function changed<T>(base: JsonValue, change: Change<T>): JsonValue {
  if (typeof change !== 'function') return apply(base, change);
  const draft = copy<T>(base);
  const result = change(draft) ?? draft;
  return JSON.parse(textOf(result));
}
