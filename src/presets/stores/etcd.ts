import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';

const version = field('/node/modifiedIndex', {
  send: { query: 'prevIndex' },
  create: { query: { prevExist: 'false' } },
});

/** Options of {@link etcd}. */
export interface EtcdOptions<T = JsonValue> extends ResourceOptions<T> {
  /** What the key holds: JSON (default), or text, which makes the value one string. */
  readonly content?: 'json' | 'text';
}

/**
 * Keys of etcd's v2 API (`/v2/keys/…`): `modifiedIndex` goes back as `prevIndex` with a form body; 412 code 101 is stale, code 105 exists.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { etcd } from 'unconflict/presets';
 * const client = createClient({ resources: { '/v2/keys/*': etcd() } });
 * ```
 * @see etcd documentation, "etcd v2 API: atomic compare-and-swap, compare-and-delete" and "Error codes"
 */
export function etcd<T = JsonValue>({ content = 'json', ...overrides }: EtcdOptions<T> = {}): ResourceOptions<T> {
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const guard = guardOf(version, edit);
    if (edit.kind === 'delete') return jsonRequest({ method: 'DELETE', url: edit.url, guard });
    const value = content === 'text' ? String(edit.local) : JSON.stringify(edit.local);
    const body = new URLSearchParams({ value }).toString();
    const { url = edit.url } = jsonRequest({ method: 'PUT', url: edit.url, guard });
    return { method: 'PUT', url, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body };
  };
  const body = envelope<T>((answer) => {
    const value = inside(answer, 'node', 'value');
    return typeof value === 'string' && content === 'json' ? JSON.parse(value) : value;
  });
  return preset<T>({ version, write, body, classify }, overrides);
}

function classify(answer: ServerAnswer): Verdict | undefined {
  return answer.status === 412 && codesOf(answer).includes('105') && answer.sent.create ? 'exists' : undefined;
}
