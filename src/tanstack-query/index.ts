export {
  type EditVariables,
  type MutationFactoryOptions,
  mutationOptions,
  type ResourceMutationOptions,
} from './mutation-options.js';
export { type KeyOptions, queryOptions, type ResourceQueryKey, type ResourceQueryOptions } from './query-options.js';
export { type QueryCacheOwner, syncQuery } from './sync-query.js';
