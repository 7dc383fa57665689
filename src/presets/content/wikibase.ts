import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue, PointerPattern } from '../../core/json.js';
import type { MergeRule } from '../../core/rules/rule.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';

const version = etag();

const RULES: Record<PointerPattern, MergeRule> = {
  ...serverOwned('/id', '/type'),
  '/statements/*': { rule: 'list', key: 'id' },
};

/** Options of {@link wikibase}. */
export interface WikibaseOptions<T = JsonValue> extends ResourceOptions<T> {
  /** The summary of each edit. */
  readonly comment?: string;
  /** Marks each edit as one of a bot. Default `false`. */
  readonly bot?: boolean;
}

/**
 * Items and properties of Wikibase (Wikidata), their labels, descriptions, aliases and statements, by the REST API: a JSON Patch inside `{ patch }` with the `ETag` as If-Match;
 * 412 is stale. Statements are known by their `id`. Ids are given by the server, and items have no delete: use the plain verbs.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { wikibase } from 'unconflict/presets';
 * const client = createClient({ resources: { '/w/rest.php/wikibase/v1/entities/items/:id': wikibase({ comment: 'Typo' }) } });
 * ```
 * @see Wikibase documentation, "Wikibase REST API" (PATCH, conditional requests, errors)
 */
export function wikibase<T = JsonValue>({ comment, bot, ...overrides }: WikibaseOptions<T> = {}): ResourceOptions<T> {
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const { kind, url, patch } = edit;
    if (kind !== 'update') unsupported('wikibase', `cannot ${kind}: use the plain verb for that`);
    const value = { patch, ...(comment === undefined ? {} : { comment }), ...(bot === undefined ? {} : { bot }) };
    return jsonRequest({ method: 'PATCH', url, value, guard: guardOf(version, edit) });
  };
  return preset<T>(
    {
      version,
      write,
      merge: RULES,
    },
    overrides,
  );
}
