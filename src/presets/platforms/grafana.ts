import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { field } from '../../protocol/versions/field.js';
import { inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';

const version = field('/dashboard/version', { create: 'none', written: '/version' });

/** Options of {@link grafana}. */
export interface GrafanaOptions<T = JsonValue> extends ResourceOptions<T> {
  /** Kept in the dashboard's history with every save. */
  readonly message?: string;
}

/**
 * Dashboards of Grafana, read from `/api/dashboards/uid/{uid}` and written to `/api/dashboards/db`: `dashboard.version` is echoed; 412 `version-mismatch` is stale,
 * `name-exists` and `plugin-dashboard` are refused. The value is `{ dashboard, meta }`, since a save must name the folder that `meta` tells.
 * A delete cannot be conditional.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { grafana } from 'unconflict/presets';
 * const client = createClient({ resources: { '/api/dashboards/uid/:uid': grafana() } });
 * ```
 * @see Grafana documentation, "Dashboard HTTP API"
 */
export function grafana<T = JsonValue>({ message, ...overrides }: GrafanaOptions<T> = {}): ResourceOptions<T> {
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const { kind, url, base, local } = edit;
    if (kind === 'delete')
      unsupported('grafana', 'cannot delete: Grafana takes no version there, so a newer state could be lost');
    // Without a folder Grafana moves the dashboard to the root.
    const folderUid = inside(local, 'meta', 'folderUid') ?? inside(base, 'meta', 'folderUid');
    const value = {
      dashboard: inside(local, 'dashboard'),
      ...(folderUid === undefined ? {} : { folderUid }),
      ...(message === undefined ? {} : { message }),
      overwrite: false,
    };
    return jsonRequest({ method: 'POST', url: saveUrl(url), value, guard: guardOf(version, edit) });
  };
  return preset<T>({ version, write, classify, merge: serverOwned('/dashboard/version', '/dashboard/id') }, overrides);
}

function saveUrl(url: string): string {
  const end = url.indexOf('/api/dashboards/');
  return end < 0
    ? unsupported('grafana', `needs a URL below /api/dashboards/. It is ${url}`)
    : `${url.slice(0, end)}/api/dashboards/db`;
}

function classify(answer: ServerAnswer): Verdict | undefined {
  return answer.status === 412 && codesOf(answer).includes('name-exists') ? 'refused' : undefined;
}
