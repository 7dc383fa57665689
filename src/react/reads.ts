import type { Resource, Snapshot } from '../index.js';

interface Read {
  promise: Promise<Snapshot<unknown>>;
  state: 'reading' | 'read' | 'failed';
  error: unknown;
}

const reads = new WeakMap<Resource<unknown>, Read>();

/** Reads a resource, unless a read is under way. */
export function read(resource: Resource<unknown>): Promise<Snapshot<unknown>> {
  const last = reads.get(resource);
  if (last?.state === 'reading') return last.promise;
  const next: Read = { promise: resource.get(), state: 'reading', error: undefined };
  reads.set(resource, next);
  next.promise.then(
    () => {
      next.state = 'read';
    },
    (error: unknown) => {
      next.state = 'failed';
      next.error = error;
    },
  );
  return next.promise;
}

/** Suspends until something is known of the resource; throws what the read met. */
export function suspendFor(resource: Resource<unknown>): void {
  if (resource.status !== 'empty') return;
  const last = reads.get(resource);
  if (last?.state === 'failed') throw last.error;
  throw last?.promise ?? read(resource);
}

/**
 * Begins to read a resource before a component shows it, and again after a read that failed: from a router's loader, or where an error
 * boundary is reset. The promise is the same until the read has ended, so React's `use` takes it, too.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { preload } from 'unconflict/react';
 *
 * const article = createClient({ prefix: 'https://api.example.com' }).resource<{ title: string }>('articles/1');
 * console.log((await preload(article)).value.title); // Draft
 * ```
 *
 * @returns the snapshot; at once where there is one.
 * @throws what `get()` rejects with.
 */
export function preload<T>(resource: Resource<T>): Promise<Snapshot<T>> {
  // Handles of all documents share one table; a handle gives snapshots of its own type.
  const shared = resource as Resource<unknown>;
  const last = reads.get(shared);
  const promise = last === undefined || last.state === 'failed' ? read(shared) : last.promise;
  return promise as Promise<Snapshot<T>>;
}
