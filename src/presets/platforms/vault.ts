import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { problemOf } from '../../protocol/verdict/problem.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset } from '../parts/preset.js';

/**
 * Secrets of HashiCorp Vault's KV version 2 (`/v1/{mount}/data/{path}`): the version goes back as `options.cas`; the 400 about check-and-set is stale. The value is the
 * secret itself. A delete cannot be conditional in Vault.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { vault } from 'unconflict/presets';
 * const client = createClient({ resources: { '/v1/secret/data/*': vault() } });
 * ```
 * @see Vault documentation, "KV secrets engine - version 2 (API)": create/update secret
 */
export function vault<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version: field('/data/metadata/version', {
        send: { pointer: '/options/cas' },
        create: { body: { '/options/cas': 0 } },
        written: '/data/version',
      }),
      write: 'put',
      body: envelope<T>(
        (body) => inside(body, 'data', 'data'),
        (value) => ({ data: value }),
      ),
      classify,
    },
    overrides,
  );
}

function classify(answer: ServerAnswer): Verdict | undefined {
  if (answer.status !== 400) return undefined;
  const said = problemOf(answer)?.detail ?? '';
  if (/check-and-set parameter required/i.test(said)) return 'precondition-required';
  if (!/check-and-set parameter did not match/i.test(said)) return undefined;
  return answer.sent.create ? 'exists' : 'stale';
}
