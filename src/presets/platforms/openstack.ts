import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { tellsOfLock } from '../../protocol/verdict/holder.js';
import { problemOf } from '../../protocol/verdict/problem.js';
import { field } from '../../protocol/versions/field.js';
import { preset } from '../parts/preset.js';

/** Options of {@link openstack}. */
export interface OpenstackOptions<T = JsonValue> extends ResourceOptions<T> {
  /** Which member counts: of inventories, traits and aggregates (default), of allocations, or of a provider. */
  readonly generation?: 'resource_provider_generation' | 'consumer_generation' | 'generation';
  /** Sent as `OpenStack-API-Version`. Default `placement 1.28`, the first with all the generations. */
  readonly microversion?: string;
}

/**
 * OpenStack Placement: the generation is echoed as the number it was; 409 `placement.concurrent_update` is stale, other codes are refused, and `… is locked by host …`
 * (Ironic) is a lock.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { openstack } from 'unconflict/presets';
 * const client = createClient({
 *   resources: {
 *     '/resource_providers/:id/inventories': openstack(),
 *     '/allocations/:id': openstack({ generation: 'consumer_generation' }),
 *   },
 * });
 * ```
 * @see OpenStack documentation, "Placement API Reference" (generation, microversions 1.23 and 1.28)
 */
export function openstack<T = JsonValue>(options: OpenstackOptions<T> = {}): ResourceOptions<T> {
  const { generation = 'resource_provider_generation', microversion = 'placement 1.28', ...overrides } = options;
  const place = `/${generation}`;
  return preset<T>(
    {
      // A consumer without allocations has the generation null.
      version: field(place, { create: generation === 'consumer_generation' ? { body: { [place]: null } } : 'none' }),
      write: 'put',
      classify,
      headers: { 'OpenStack-API-Version': microversion },
    },
    overrides,
  );
}

function classify(answer: ServerAnswer): Verdict | undefined {
  if (answer.status !== 409 || tellsOfLock(answer)) return undefined;
  const codes = codesOf(answer).filter((code) => code.startsWith('placement.'));
  // Before microversion 1.23 there is only the sentence.
  const stale =
    codes.includes('placement.concurrent_update') || /generation conflict/i.test(problemOf(answer)?.detail ?? '');
  if (!stale) return codes.length > 0 ? 'refused' : undefined;
  return answer.sent.create ? 'exists' : 'stale';
}
