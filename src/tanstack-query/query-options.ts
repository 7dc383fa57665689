import type { DataTag } from '@tanstack/query-core';
import type { DeepReadonly, Resource } from '../index.js';

/** A key that knows what is cached under it. */
export type ResourceQueryKey<T> = DataTag<readonly unknown[], DeepReadonly<T>>;

export interface KeyOptions {
  /** The key in the cache. Default `['unconflict', resource.url]`. */
  readonly queryKey?: readonly unknown[];
}

/** Options for `useQuery`, `createQuery`, `injectQuery`, `fetchQuery`: of any adapter. */
export interface ResourceQueryOptions<T> {
  readonly queryKey: ResourceQueryKey<T>;
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<DeepReadonly<T>>;
  /** The client retries reads by itself. */
  readonly retry: false;
}

/**
 * Query options of a resource. What is cached is the document, with pending edits on it; its version stays with the handle.
 *
 * @example
 * ```ts
 * import { QueryClient } from '@tanstack/query-core';
 * import { createClient } from 'unconflict';
 * import { queryOptions } from 'unconflict/tanstack-query';
 *
 * const article = createClient({ prefix: 'https://api.example.com' }).resource<{ title: string }>('articles/1');
 * const queryClient = new QueryClient();
 * console.log((await queryClient.fetchQuery(queryOptions(article))).title); // Draft
 * ```
 *
 * @returns options that can be spread and added to.
 */
export function queryOptions<T>(resource: Resource<T>, options: KeyOptions = {}): ResourceQueryOptions<T> {
  return {
    queryKey: keyOf(resource, options),
    async queryFn({ signal }) {
      const { value } = await resource.get({ signal });
      // Whoever reads while an edit is on its way sees it all the same.
      return resource.value ?? value;
    },
    retry: false,
  };
}

export function keyOf<T>(
  resource: Resource<T>,
  { queryKey = ['unconflict', resource.url] }: KeyOptions,
): ResourceQueryKey<T> {
  // The tag is a type alone: nothing is there at run time.
  return queryKey as ResourceQueryKey<T>;
}
