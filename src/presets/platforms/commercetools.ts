import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { wireTextOf } from '../../protocol/versions/token-text.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';

const version = field('/version', { create: 'none' });

/** Options of {@link commercetools}. */
export interface CommercetoolsOptions<T = JsonValue> extends ResourceOptions<T> {
  /** Turns the (rebased) edit into update actions: commercetools takes no other writes. */
  readonly actions: (edit: WriteEdit<T>) => readonly object[];
}

/**
 * Resources of commercetools: `version` goes back in the body with update actions; 409 `ConcurrentModification` is stale; `LockedField` and its like are sent again as they are.
 * Ids are given by the server, so create with a POST to the collection.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { commercetools } from 'unconflict/presets';
 * const client = createClient({
 *   resources: {
 *     '/:project/categories/:id': commercetools<{ key: string }>({
 *       actions: ({ local }) => [{ action: 'setKey', key: local?.key }],
 *     }),
 *   },
 * });
 * ```
 * @see commercetools documentation, "HTTP API: optimistic concurrency control" and "Errors" (409)
 */
export function commercetools<T = JsonValue>({ actions, ...overrides }: CommercetoolsOptions<T>): ResourceOptions<T> {
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const { kind, url } = edit;
    if (kind === 'create')
      unsupported(
        'commercetools',
        'cannot create, since the server gives the id: POST a draft to the collection with the plain verb',
      );
    if (kind === 'delete') {
      const query = edit.version === undefined ? [] : [['version', wireTextOf(edit.version)] as const];
      return jsonRequest({ method: 'DELETE', url, query });
    }
    return jsonRequest({ method: 'POST', url, value: { actions: actions(edit) }, guard: guardOf(version, edit) });
  };
  const merge = serverOwned(
    '/version',
    '/lastModifiedAt',
    '/lastModifiedBy',
    '/createdAt',
    '/createdBy',
    '/versionModifiedAt',
  );
  return preset<T>({ version, write, merge }, overrides);
}
