import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { field } from '../../protocol/versions/field.js';
import { wireTextOf } from '../../protocol/versions/token-text.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { jsonRequest, unsupported } from '../parts/request.js';
import { touchedBy } from '../parts/touched.js';

const version = field('/documents/0/_rev', { create: 'none', written: '/results/0/document/_rev' });

/**
 * Documents of Sanity's Content Lake, read from `/data/doc/{dataset}/{id}` and written by mutations: `_rev` goes back as `ifRevisionID`; 409 is stale.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { sanity } from 'unconflict/presets';
 * const client = createClient({ resources: { '/v2021-06-07/data/doc/:dataset/:id': sanity() } });
 * ```
 * @see Sanity documentation, "HTTP API reference: Doc" and "Mutation API reference" (patch, ifRevisionID)
 */
export function sanity<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  const body = envelope<T>((answer) => inside(answer, 'documents', '0') ?? inside(answer, 'results', '0', 'document'));
  return preset<T>(
    { version, write, body, classify, merge: serverOwned('/_rev', '/_updatedAt', '/_createdAt') },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const { kind, version: known } = edit;
  const { url, id } = placesOf(edit.url);
  const patch = { id, ...(known === undefined ? {} : { ifRevisionID: wireTextOf(known) }) };
  const send = (...mutations: readonly object[]): WriteRequest =>
    jsonRequest({ method: 'POST', url, value: { mutations }, query: [['returnDocuments', 'true']] });
  if (kind === 'create') return send({ create: { ...Object(edit.local), _id: id } });
  // A delete knows no revision; a transaction whose first mutation does is all or nothing.
  if (kind === 'delete') return send({ patch: { ...patch, unset: ['_unconflict'] } }, { delete: { id } });
  const { set, removed } = touchedBy(edit);
  const changes = {
    ...(Object.keys(set).length === 0
      ? {}
      : { set: Object.fromEntries(Object.entries(set).map(([name, value]) => [attribute(name), value])) }),
    ...(removed.length === 0 ? {} : { unset: removed.map(attribute) }),
  };
  return send({ patch: { ...patch, ...changes } });
}

/** `…/data/doc/production/abc` is written at `…/data/mutate/production`. */
function placesOf(url: string): { readonly url: string; readonly id: string } {
  const [path = '', query] = url.split('?', 2);
  const match = /^(.*\/data\/)doc\/([^/]+)\/([^/]+)\/?$/.exec(path);
  const [, start, dataset, id] = match ?? [];
  if (id === undefined) unsupported('sanity', `needs the URL of a document, …/data/doc/{dataset}/{id}. It is ${path}`);
  return { url: `${start}mutate/${dataset}${query === undefined ? '' : `?${query}`}`, id: decodeURIComponent(id) };
}

/** JSONMatch: a name that is no identifier stands in brackets. */
function attribute(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replace(/[\\']/g, '\\$&')}']`;
}

function classify(answer: ServerAnswer): Verdict | undefined {
  if (answer.status !== 409) return undefined;
  return codesOf(answer).includes('documentAlreadyExistsError') && answer.sent.create ? 'exists' : undefined;
}
