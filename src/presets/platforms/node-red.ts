import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';

const version = field('/rev', { create: 'none' });

/** Options of {@link nodeRed}. */
export interface NodeRedOptions<T = JsonValue> extends ResourceOptions<T> {
  /** What is restarted, sent as `Node-RED-Deployment-Type`. Default: Node-RED's own, `full`. */
  readonly deploymentType?: 'full' | 'nodes' | 'flows';
}

/**
 * The flows of Node-RED (`/flows`, API v2): `rev` goes back in the body; 409 `version_mismatch` is stale. Nothing is ever sent without `rev`, which would silently
 * overwrite. The value is the list of nodes, known by their `id`.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { nodeRed } from 'unconflict/presets';
 * const client = createClient({ resources: { '/flows': nodeRed({ deploymentType: 'nodes' }) } });
 * ```
 * @see Node-RED documentation, "Admin HTTP API: POST /flows"
 */
export function nodeRed<T = JsonValue>({ deploymentType, ...overrides }: NodeRedOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      requireVersion: true,
      body: envelope<T>((answer) => inside(answer, 'flows')),
      headers: {
        'Node-RED-API-Version': 'v2',
        ...(deploymentType === undefined ? {} : { 'Node-RED-Deployment-Type': deploymentType }),
      },
      merge: { '': { rule: 'list', key: 'id' } },
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  if (edit.kind !== 'update') unsupported('nodeRed', `cannot ${edit.kind} the flows: they always exist. Edit the list`);
  if (edit.version === undefined) unsupported('nodeRed', 'never writes without `rev`: read the flows first');
  return jsonRequest({ method: 'POST', url: edit.url, value: { flows: edit.local }, guard: guardOf(version, edit) });
}
