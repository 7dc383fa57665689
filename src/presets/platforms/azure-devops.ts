import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { problemOf } from '../../protocol/verdict/problem.js';
import { field } from '../../protocol/versions/field.js';
import { preset, serverOwned } from '../parts/preset.js';

/**
 * Work items of Azure DevOps: JSON Patch with a leading `test` of `/rev`; 412 or `TF26071` is stale. It takes no other form, and a delete cannot be conditional.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { azureDevOps } from 'unconflict/presets';
 * const client = createClient({ resources: { '/:org/:project/_apis/wit/workitems/:id': azureDevOps() } });
 * ```
 * @see Azure DevOps documentation, "Work Items - Update" (REST API)
 */
export function azureDevOps<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  const owned = [
    'Rev',
    'ChangedDate',
    'ChangedBy',
    'RevisedDate',
    'AuthorizedDate',
    'AuthorizedAs',
    'PersonId',
    'Watermark',
  ];
  return preset<T>(
    {
      version: field('/rev', { send: 'test', create: 'none' }),
      write: 'json-patch',
      classify,
      merge: serverOwned('/rev', '/url', '/_links', ...owned.map((name) => `/fields/System.${name}`)),
    },
    overrides,
  );
}

function classify(answer: ServerAnswer): Verdict | undefined {
  const { status, sent } = answer;
  if (status < 400 || status >= 500 || sent.version === undefined) return undefined;
  return /\bTF26071\b/.test(problemOf(answer)?.detail ?? '') ? 'stale' : undefined;
}
