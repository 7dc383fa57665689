import type { DeepReadonly, EditOptions, EditResult, Patch, Resource } from '../index.js';
import type { KeyOptions } from './query-options.js';
import { type QueryCacheOwner, syncQuery } from './sync-query.js';

/** What a mutation does: a recipe, a JSON Patch, or the whole new document. The last two are JSON, so a persisted mutation can hold them. */
export type EditVariables<T> = ((draft: T) => DeepReadonly<T> | void) | Patch | { readonly replace: DeepReadonly<T> };

export interface MutationFactoryOptions<T, V> extends KeyOptions {
  /** Makes an edit of what `mutate` is called with. Default: it is called with the edit. */
  readonly edit?: (variables: V) => EditVariables<T>;
  /** For every edit: rules, a resolver, headers. */
  readonly editOptions?: Omit<EditOptions<T>, 'base'>;
}

/** Options for `useMutation`, `createMutation`, `injectMutation`: of any adapter. */
export interface ResourceMutationOptions<T, V> {
  readonly mutationKey: readonly unknown[];
  readonly mutationFn: (variables: V, context: { readonly client: QueryCacheOwner }) => Promise<EditResult<T>>;
  /** The client has tried again for as long as that could help; a conflict never becomes less of one. */
  readonly retry: false;
}

/**
 * Mutation options of a resource. The edit shows in the cache at once, what was merged shows when it is saved, and an edit that fails is taken
 * out again without undoing its neighbours: no snapshot is put back.
 *
 * @example
 * ```ts
 * import { MutationObserver, QueryClient } from '@tanstack/query-core';
 * import { createClient } from 'unconflict';
 * import { mutationOptions, queryOptions } from 'unconflict/tanstack-query';
 *
 * const article = createClient({ prefix: 'https://api.example.com' }).resource<{ title: string }>('articles/1');
 * const queryClient = new QueryClient();
 * const rename = new MutationObserver(
 *   queryClient,
 *   mutationOptions(article, { edit: (title: string) => (draft) => { draft.title = title; } }),
 * );
 * await rename.mutate('Better');
 * console.log(queryClient.getQueryData(queryOptions(article).queryKey)?.title); // Better
 * ```
 *
 * @returns options that can be spread and added to. `mutate` rejects with what the edit rejects with.
 */
export function mutationOptions<T, V>(
  resource: Resource<T>,
  options: MutationFactoryOptions<T, V> & { readonly edit: (variables: V) => EditVariables<T> },
): ResourceMutationOptions<T, V>;
export function mutationOptions<T>(
  resource: Resource<T>,
  options?: MutationFactoryOptions<T, EditVariables<T>>,
): ResourceMutationOptions<T, EditVariables<T>>;
export function mutationOptions<T>(
  resource: Resource<T>,
  options: MutationFactoryOptions<T, EditVariables<T>> = {},
): ResourceMutationOptions<T, EditVariables<T>> {
  const { edit = (variables: EditVariables<T>) => variables, editOptions } = options;
  return {
    mutationKey: ['unconflict', resource.url],
    async mutationFn(variables, { client }) {
      const saving = begin(resource, edit(variables), editOptions);
      const stop = syncQuery(client, resource, options);
      try {
        return await saving;
      } finally {
        stop();
      }
    },
    retry: false,
  };
}

function begin<T>(
  resource: Resource<T>,
  edit: EditVariables<T>,
  options: EditOptions<T> | undefined,
): Promise<EditResult<T>> {
  if (typeof edit === 'function') return resource.edit(edit, options);
  return 'replace' in edit ? resource.replace(edit.replace, options) : resource.patch(edit, options);
}
