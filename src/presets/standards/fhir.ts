import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset, serverOwned } from '../parts/preset.js';

/**
 * FHIR resources (R4, R5): `W/"3"` goes back verbatim as If-Match, taken from `meta.versionId` where the header is missing; edits are JSON Patch; 412 (HAPI: 409) is stale.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { fhir } from 'unconflict/presets';
 * const client = createClient({ resources: { '/fhir/:type/:id': fhir() } });
 * ```
 * @see HL7 FHIR R5, "RESTful API": version aware updates, patch, and "OperationOutcome" (issue types)
 */
export function fhir<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version: etag({ weak: 'verbatim', body: { pointer: '/meta/versionId', format: 'weak' } }),
      write: 'json-patch',
      classify,
      headers: { Accept: 'application/fhir+json' },
      merge: serverOwned('/meta/versionId', '/meta/lastUpdated'),
    },
    overrides,
  );
}

/** Issue types that say more than the status. */
function classify(answer: ServerAnswer): Verdict | undefined {
  if (answer.status < 400 || answer.status >= 500) return undefined;
  const codes = codesOf(answer);
  if (codes.includes('lock-error')) return 'retry-unchanged';
  if (codes.includes('deleted')) return 'gone';
  if (codes.includes('duplicate')) return answer.sent.create ? 'exists' : 'refused';
  return undefined;
}
