import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { wireTextOf } from '../../protocol/versions/token-text.js';
import { inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { jsonRequest, unsupported } from '../parts/request.js';

const version = field('/version/number', { create: 'none' });

/** What a page may be updated with; the rest of what is read describes it. */
const WRITABLE = ['id', 'type', 'status', 'title', 'body', 'spaceId', 'parentId', 'ownerId'];

/** Options of {@link confluence}. */
export interface ConfluenceOptions<T = JsonValue> extends ResourceOptions<T> {
  /** Kept in the page's history with every version. */
  readonly message?: string;
}

/**
 * Pages of Confluence (REST v1 `content/{id}?expand=body.storage,version`, v2 `pages/{id}?body-format=storage`): `version.number` goes back one higher; 409 is stale. Ids are
 * given by the server, and a delete cannot be conditional: use the plain verbs for those.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { confluence } from 'unconflict/presets';
 * const client = createClient({ resources: { '/wiki/api/v2/pages/:id': confluence() } });
 * ```
 * @see Confluence Cloud documentation, "REST API v2: Update page", and Confluence Server, "Content: update"
 */
export function confluence<T = JsonValue>({ message, ...overrides }: ConfluenceOptions<T> = {}): ResourceOptions<T> {
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const { kind, local, version: known } = edit;
    if (kind === 'create')
      unsupported(
        'confluence',
        'cannot create, since the server gives the id: POST to the collection with the plain verb',
      );
    if (kind === 'delete')
      unsupported('confluence', 'cannot delete: Confluence takes no version there, so a newer state could be lost');
    const number = wireTextOf(known ?? '');
    if (!/^\d+$/.test(number))
      unsupported('confluence', 'needs version.number: read v1 pages with ?expand=body.storage,version');
    const kept = WRITABLE.map((name) => [name, inside(local, name)] as const).filter(
      ([, value]) => value !== undefined,
    );
    const value = { ...Object.fromEntries(kept), version: message === undefined ? {} : { message } };
    const next = { tokens: ['version', 'number'], literal: String(BigInt(number) + 1n) };
    return jsonRequest({ method: 'PUT', url: pageOf(edit.url), value, guard: { in: 'body', places: [next] } });
  };
  return preset<T>(
    { version, write, merge: serverOwned('/version', '/_links', '/_expandable', '/history') },
    overrides,
  );
}

/** What the read expands is no parameter of a write. */
function pageOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
