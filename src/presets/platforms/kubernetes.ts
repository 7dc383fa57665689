import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue, PointerPattern } from '../../core/json.js';
import type { MergeRule } from '../../core/rules/rule.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { problemOf } from '../../protocol/verdict/problem.js';
import { field } from '../../protocol/versions/field.js';
import { wireTextOf } from '../../protocol/versions/token-text.js';
import { preset, serverOwned } from '../parts/preset.js';
import { collectionOf, jsonRequest } from '../parts/request.js';

const version = field('/metadata/resourceVersion', { create: 'none' });

const OWNED: readonly PointerPattern[] = [
  '/status',
  '/metadata/managedFields',
  '/metadata/resourceVersion',
  '/metadata/generation',
  '/metadata/uid',
  '/metadata/creationTimestamp',
  '/metadata/deletionTimestamp',
  '/metadata/selfLink',
];

/** What lists of the built-in kinds know their items by (their patch merge keys). Where items lack the key, the list goes by places, like any other. */
const KEYS: readonly (readonly [list: PointerPattern, ...key: string[]])[] = [
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => [
    [`/**/${list}`, 'name'] as const,
    [`/**/${list}/*/ports`, 'containerPort', 'protocol'] as const,
  ]),
  ['/**/env', 'name'],
  ['/**/volumes', 'name'],
  ['/**/volumeMounts', 'mountPath'],
  ['/**/volumeDevices', 'devicePath'],
  ['/**/imagePullSecrets', 'name'],
  ['/**/hostAliases', 'ip'],
  ['/**/topologySpreadConstraints', 'topologyKey', 'whenUnsatisfiable'],
  ['/**/conditions', 'type'],
  ['/metadata/ownerReferences', 'uid'],
  ['/spec/ports', 'port', 'protocol'],
  ['/webhooks', 'name'],
];

const RULES: Record<PointerPattern, MergeRule> = {
  ...serverOwned(...OWNED),
  ...Object.fromEntries(KEYS.map(([list, ...key]) => [list, { rule: 'list', key }])),
};

/**
 * Objects of the Kubernetes API: JSON Patch that sets `metadata.resourceVersion`, which the API server takes for a precondition; 409 reason `Conflict` is stale,
 * `AlreadyExists` exists, a conflict of field managers is refused. A create is a POST to the collection, a delete carries preconditions. Containers, ports, env, volumes,
 * conditions and owners are known by their keys and not by their places.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { kubernetes } from 'unconflict/presets';
 * const client = createClient({ resources: { '/api/v1/namespaces/:ns/configmaps/:name': kubernetes() } });
 * ```
 * @see Kubernetes documentation, "Kubernetes API Concepts" (resource versions, patch) and "API Conventions" (concurrency control)
 */
export function kubernetes<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      classify,
      headers: { Accept: 'application/json' },
      merge: RULES,
    },
    overrides,
  );
}

function write({ kind, url, local, patch, version: known }: WriteEdit<unknown>): WriteRequest {
  const resourceVersion = known === undefined ? undefined : wireTextOf(known);
  if (kind === 'create') return jsonRequest({ method: 'POST', url: collectionOf(url), value: local });
  if (kind === 'delete') {
    const options = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { resourceVersion } };
    return jsonRequest({ method: 'DELETE', url, ...(resourceVersion === undefined ? {} : { value: options }) });
  }
  // A failed `test` would be a 422; a wrong version is the 409 it is.
  const guard = { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion };
  const operations = resourceVersion === undefined ? patch : [guard, ...patch];
  return jsonRequest({ method: 'PATCH', url, value: operations, type: 'application/json-patch+json' });
}

function classify(answer: ServerAnswer): Verdict | undefined {
  const missing = /resourceVersion.*must be specified/s.test(problemOf(answer)?.detail ?? '');
  return answer.status === 422 && missing ? 'precondition-required' : undefined;
}
