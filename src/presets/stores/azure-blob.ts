import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset } from '../parts/preset.js';

/** Options of {@link azureBlob}. */
export interface AzureBlobOptions<T = JsonValue> extends ResourceOptions<T> {
  /** The lease the caller holds, sent as `x-ms-lease-id`. */
  readonly leaseId?: string;
}

/**
 * JSON in blobs of Azure Storage: the strong `ETag` goes back as If-Match; 412 `ConditionNotMet` is stale, lease codes are locks that others hold. A lease of the
 * caller's that is over is refused: no waiting brings it back.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { azureBlob } from 'unconflict/presets';
 * const client = createClient({ resources: { '/articles/*': azureBlob({ locked: { maxWait: 20_000 } }) } });
 * ```
 * @see Azure Storage documentation, "Put Blob", "Lease Blob" and "Blob service error codes" (REST API)
 */
export function azureBlob<T = JsonValue>({ leaseId, ...overrides }: AzureBlobOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version: etag(),
      write: 'put',
      // Put Blob answers 201 to every write.
      createdMeansRecreated: false,
      classify,
      headers: {
        'x-ms-version': '2019-02-02',
        'x-ms-blob-type': 'BlockBlob',
        ...(leaseId === undefined ? {} : { 'x-ms-lease-id': leaseId }),
      },
    },
    overrides,
  );
}

function classify(answer: ServerAnswer): Verdict | undefined {
  return codesOf(answer).some((code) => code === 'LeaseLost' || code.startsWith('LeaseNotPresent'))
    ? 'refused'
    : undefined;
}
