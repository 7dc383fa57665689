import type { QueryClient } from '@tanstack/query-core';
import type { Resource } from '../index.js';
import { type KeyOptions, keyOf } from './query-options.js';

/** What is needed of a QueryClient, so that every adapter's will do. */
export type QueryCacheOwner = Pick<QueryClient, 'setQueryData' | 'invalidateQueries'>;

/**
 * Keeps the cached document equal to what the handle shows, also when it changes by other means than a mutation of the cache's own.
 *
 * @example
 * ```ts
 * import { QueryClient } from '@tanstack/query-core';
 * import { createClient } from 'unconflict';
 * import { queryOptions, syncQuery } from 'unconflict/tanstack-query';
 *
 * const article = createClient({ prefix: 'https://api.example.com' }).resource<{ title: string }>('articles/1');
 * const queryClient = new QueryClient();
 * const stop = syncQuery(queryClient, article);
 * await article.edit((draft) => { draft.title = 'Better'; });
 * console.log(queryClient.getQueryData(queryOptions(article).queryKey)?.title); // Better
 * stop();
 * ```
 *
 * @returns what ends it.
 */
export function syncQuery<T>(client: QueryCacheOwner, resource: Resource<T>, options: KeyOptions = {}): () => void {
  putValue(client, resource, options);
  return resource.subscribe(() => putValue(client, resource, options));
}

/** Puts what the handle shows into the cache. What was deleted is asked for again, and is then an error of the query. */
function putValue<T>(client: QueryCacheOwner, resource: Resource<T>, options: KeyOptions): void {
  const { value, status } = resource;
  const queryKey = keyOf(resource, options);
  if (status === 'gone') void client.invalidateQueries({ queryKey, exact: true });
  else if (value !== undefined) client.setQueryData<unknown>(queryKey, value);
}
