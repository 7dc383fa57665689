import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';
import { touchedBy } from '../parts/touched.js';
import { plainFields, typedFields } from './firestore-value.js';

const version = field('/updateTime', {
  send: { query: 'currentDocument.updateTime' },
  create: { query: { 'currentDocument.exists': 'false' } },
});

/**
 * Documents of Cloud Firestore: `updateTime` goes back as `currentDocument.updateTime` with a PATCH of the touched fields; 400 `FAILED_PRECONDITION` is stale, 409 `ABORTED` is
 * sent again as it is. The value is the fields as plain JSON; timestamps, bytes, references, places and huge integers stay typed (`{ "timestampValue": "…" }`).
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { firestore } from 'unconflict/presets';
 * const client = createClient({ resources: { '/v1/projects/*': firestore() } });
 * ```
 * @see Firestore documentation, "REST: projects.databases.documents.patch" and "Precondition"
 */
export function firestore<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  const body = envelope<T>(
    (document) => (inside(document, 'name') === undefined ? undefined : plainFields(inside(document, 'fields'))),
    (value) => ({ fields: typedFields(value) }),
  );
  return preset<T>({ version, write, body, classify }, overrides);
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const guard = guardOf(version, edit);
  const { kind, url, local } = edit;
  if (kind === 'delete') return jsonRequest({ method: 'DELETE', url, guard });
  if (kind === 'create') return jsonRequest({ method: 'PATCH', url, value: { fields: typedFields(local) }, guard });
  // A field that the mask names and the body lacks is removed.
  const { set, removed } = touchedBy(edit);
  const mask = [...Object.keys(set), ...removed].map((name) => ['updateMask.fieldPaths', fieldPath(name)] as const);
  return jsonRequest({ method: 'PATCH', url, value: { fields: typedFields(set) }, guard, query: mask });
}

/** Names that are no identifiers are quoted. */
function fieldPath(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

function classify(answer: ServerAnswer): Verdict | undefined {
  const codes = codesOf(answer);
  if (codes.includes('ABORTED')) return 'retry-unchanged';
  if (!codes.includes('FAILED_PRECONDITION')) return undefined;
  if (answer.sent.create) return 'exists';
  return answer.sent.version === undefined ? 'refused' : 'stale';
}
