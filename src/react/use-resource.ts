import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type {
  Client,
  ConflictDesk,
  ConflictSession,
  DeepReadonly,
  JsonValue,
  Resource,
  ResourceStatus,
  Snapshot,
} from '../index.js';
import { handleOf, hold } from './handles.js';
import { read, suspendFor } from './reads.js';
import { useSessions } from './use-conflict.js';

/** How a component uses a resource. */
export interface UseResourceOptions<T = JsonValue> {
  /** When to read: `missing`, while nothing is known of it; `always`, whenever a component mounts; `never`. Default `missing`. */
  readonly read?: 'missing' | 'always' | 'never';
  /** Suspends until there is a value. An error of the read goes to the error boundary. Default `false`. */
  readonly suspense?: boolean;
  /** The snapshot that a server rendered with. It is shown until something newer is known. */
  readonly initial?: Snapshot<T>;
  /** What `ask()` returned: the open sessions of this resource are then in `conflicts`. */
  readonly desk?: ConflictDesk;
}

/** A resource for a component. Its functions stay the same for as long as the handle does. */
export interface ResourceView<T = JsonValue> extends Pick<Resource<T>, 'edit' | 'patch' | 'replace'> {
  readonly resource: Resource<T>;
  /** What a person should see now: pending edits are on it. Of a resource that was deleted, undefined. */
  readonly value: DeepReadonly<T> | undefined;
  /** The latest state that is known of the server, without pending edits: the `base` of a form that opens now. */
  readonly snapshot: Snapshot<T> | undefined;
  readonly status: ResourceStatus;
  /** An edit is on its way, or waits. */
  readonly pending: boolean;
  /** The sessions of this resource on the desk. */
  readonly conflicts: readonly ConflictSession[];
  /** What the last read or edit of this component rejected with; undefined again after the next that succeeds. */
  readonly error: unknown;
  /** Reads the server again. */
  readonly refresh: () => Promise<Snapshot<T>>;
}

/** With `suspense` there is a value; of a resource that was deleted it is the last one. */
export interface SuspendedResourceView<T = JsonValue> extends ResourceView<T> {
  readonly value: DeepReadonly<T>;
}

const PENDING: readonly ResourceStatus[] = ['saving', 'waiting', 'conflicted'];

/**
 * Shows a resource and edits it. Every component of one URL of one client sees the same value, and an edit shows at once.
 *
 * @example
 * ```tsx
 * import { createClient } from 'unconflict';
 * import { useResource } from 'unconflict/react';
 *
 * const client = createClient({ prefix: 'https://api.example.com' });
 *
 * function Title() {
 *   const article = useResource<{ title: string }>(client, 'articles/1');
 *   return (
 *     <input
 *       value={article.value?.title ?? ''}
 *       aria-busy={article.pending}
 *       onChange={({ target }) => article.edit((draft) => { draft.title = target.value; })}
 *     />
 *   );
 * }
 * ```
 *
 * @param client Its options hold what is known about the resource. In place of client and URL there may be a handle.
 * @returns a view. The promise of an edit need not be awaited: what it rejects with is in `error` as well.
 */
export function useResource<T = JsonValue>(
  client: Client,
  url: string,
  options: UseResourceOptions<T> & { readonly suspense: true },
): SuspendedResourceView<T>;
export function useResource<T = JsonValue>(
  client: Client,
  url: string,
  options?: UseResourceOptions<T>,
): ResourceView<T>;
export function useResource<T>(
  resource: Resource<T>,
  options: UseResourceOptions<T> & { readonly suspense: true },
): SuspendedResourceView<T>;
export function useResource<T>(resource: Resource<T>, options?: UseResourceOptions<T>): ResourceView<T>;
export function useResource<T>(
  source: Client | Resource<T>,
  second?: string | UseResourceOptions<T>,
  third?: UseResourceOptions<T>,
): ResourceView<T> {
  const options = (typeof second === 'object' ? second : third) ?? {};
  const { read: when = 'missing', suspense = false, initial, desk } = options;
  const client = typeof source === 'function' ? source : undefined;
  const url = typeof second === 'string' ? second : '';
  // The table of handles knows no document types; this URL's documents are what the caller says they are.
  const resource = typeof source === 'function' ? (handleOf(source, url) as Resource<T>) : source;
  if (suspense && initial === undefined) suspendFor(resource as Resource<unknown>);

  const subscribe = useCallback((listener: () => void) => resource.subscribe(listener), [resource]);
  const known = useSyncExternalStore(
    subscribe,
    () => resource.value,
    // What is suspended for is there when it is rendered, on a server as well; without that a server has only what it was given.
    () => (suspense ? resource.value : undefined),
  );
  const snapshot = useSyncExternalStore(
    subscribe,
    () => resource.snapshot,
    () => (suspense ? resource.snapshot : undefined),
  );
  const status = useSyncExternalStore(
    subscribe,
    () => resource.status,
    (): ResourceStatus => (suspense ? resource.status : 'empty'),
  );
  const [last, setLast] = useState(known);
  if (known !== undefined && known !== last) setLast(known);
  const [error, setError] = useState<unknown>();
  const acts = useMemo(() => actsOf(resource, initial, setError), [resource, initial]);

  useEffect(() => (client === undefined ? undefined : hold(client, url)), [client, url]);
  useEffect(() => {
    const isMissing = resource.snapshot === undefined && resource.status === 'empty' && initial === undefined;
    if (when === 'always' || (when === 'missing' && isMissing)) read(resource as Resource<unknown>).catch(setError);
  }, [resource, when, initial]);

  const sessions = useSessions(desk);
  const conflicts = useMemo(
    () => sessions.filter((session) => session.getSnapshot().url === resource.url),
    [sessions, resource],
  );
  const value = known ?? (status === 'empty' ? initial?.value : suspense ? last : undefined);
  const pending = PENDING.includes(status);
  const latest = snapshot ?? (status === 'empty' ? initial : undefined);
  return { ...acts, resource, value, snapshot: latest, status, pending, conflicts, error };
}

type Acts<T> = Pick<ResourceView<T>, 'edit' | 'patch' | 'replace' | 'refresh'>;

function actsOf<T>(
  resource: Resource<T>,
  initial: Snapshot<T> | undefined,
  setError: (error: unknown) => void,
): Acts<T> {
  const told = <R>(promise: Promise<R>): Promise<R> => {
    promise.then(() => setError(undefined), setError);
    return promise;
  };
  /** Until the handle knows better, edits are made from what the server rendered. */
  const based = <O extends object>(options: O | undefined): O | (O & { base: Snapshot<T> }) | undefined =>
    initial === undefined || resource.value !== undefined ? options : { base: initial, ...(options as O) };
  return {
    edit: (recipe, options) => told(resource.edit(recipe, based(options))),
    patch: (operations, options) => told(resource.patch(operations, based(options))),
    replace: (value, options) => told(resource.replace(value, based(options))),
    refresh: () => told(resource.get()),
  };
}
