import { describe, expect, it, test } from 'vitest';
import type { WriteEdit } from '../../src/contract/resource-options.js';
import { diff } from '../../src/core/diff/diff.js';
import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { rebase } from '../../src/core/rebase/rebase.js';
import {
  azureBlob,
  etcd,
  firebaseRealtime,
  github,
  grafana,
  kinto,
  kubernetes,
  nodeRed,
  openstack,
  sanity,
} from '../../src/presets/index.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { refusal } from '../protocol/answers.js';

const update = {
  kind: 'update',
  url: 'https://a.test/x',
  base: 'old',
  local: 'new',
  patch: [],
  version: '1',
} as const satisfies WriteEdit<string>;

/** The request of a preset that writes by a function. */
function written<T>(
  options: { readonly write?: unknown },
  edit: WriteEdit<T>,
): { method: string; url?: string; body?: unknown } {
  if (typeof options.write !== 'function') throw new Error('This preset has no write function.');
  return options.write(edit);
}

describe('the current state in a refusal', () => {
  it('is taken from a 412 of Firebase, null included', () => {
    const { conflictBody } = firebaseRealtime();
    expect(conflictBody?.(refusal(412, { n: 2 }, { headers: { ETag: 'x=' } }))).toEqual({
      body: { n: 2 },
      version: 'x=',
    });
    expect(conflictBody?.(refusal(412, null, { headers: { ETag: 'null_etag' } }))).toEqual({
      body: null,
      version: 'null_etag',
    });
    expect(conflictBody?.(refusal(412, { n: 2 }))).toBeUndefined();
    expect(conflictBody?.(refusal(400, { n: 2 }, { headers: { ETag: 'x=' } }))).toBeUndefined();
  });

  it('is taken from a 412 of Kinto, and from no other answer', () => {
    const { conflictBody } = kinto();
    const existing = { id: 'r', last_modified: 17, a: 2 };
    expect(conflictBody?.(refusal(412, { errno: 114, details: { existing } }))).toEqual({
      body: { data: existing },
      version: '"17"',
    });
    expect(conflictBody?.(refusal(412, { errno: 114, details: {} }))).toBeUndefined();
    expect(conflictBody?.(refusal(412, undefined))).toBeUndefined();
    expect(conflictBody?.(refusal(403, { details: { existing } }))).toBeUndefined();
  });
});

it('Kinto moves below /data, both ends of it', () => {
  const patch = [{ op: 'move', from: '/a', path: '/b' }] as const;
  expect(written(kinto(), { ...update, patch: [...patch], version: '"1"' }).body).toBe(
    '[{"op":"move","from":"/data/a","path":"/data/b"}]',
  );
});

describe('files and keys that hold text', () => {
  it('are one string in GitHub', () => {
    const options = github<string>({ content: 'text', message: ({ kind }) => `${kind}!` });
    expect(options.body?.read({ encoding: 'base64', content: btoa('# Hello') }, new Headers())).toBe('# Hello');
    expect(written(options, update).body).toBe(`{"message":"update!","content":"${btoa('new')}","sha":1}`);
  });

  it('are one string in etcd', () => {
    const options = etcd<string>({ content: 'text' });
    expect(options.body?.read({ node: { value: '{not json' } }, new Headers())).toBe('{not json');
    expect(written(options, update).body).toBe('value=new');
  });

  it('of GitHub are refused where GitHub does not send them', () => {
    expect(() => github().body?.read({ encoding: 'none', content: '' }, new Headers())).toThrow('1 MB');
  });
});

describe('what must not happen does not', () => {
  it('Node-RED is never written without rev', () => {
    expect(nodeRed().requireVersion).toBe(true);
    expect(() => written(nodeRed(), { ...update, version: undefined })).toThrow('never writes without `rev`');
  });

  test.each([
    ['sanity', sanity(), 'https://a.test/data/query/production'],
    ['grafana', grafana(), 'https://a.test/dashboards/1'],
  ])('%s is not written to a URL that is not its own', (_, options, url) => {
    expect(() => written(options, { ...update, url })).toThrow('needs');
  });

  it('a dashboard is not moved to the root because its folder was left out', () => {
    const base = { dashboard: { title: 'a' }, meta: { folderUid: 'f' } };
    const local = { dashboard: { title: 'b' } };
    const request = written(grafana(), { ...update, url: 'https://g.test/sub/api/dashboards/uid/x', base, local });
    expect(request).toMatchObject({ url: 'https://g.test/sub/api/dashboards/db' });
    expect(JSON.parse(String(request.body))).toMatchObject({ folderUid: 'f', overwrite: false });
  });
});

test.each([
  [undefined, '/resource_provider_generation', 'none'],
  ['generation', '/generation', 'none'],
  ['consumer_generation', '/consumer_generation', 'body'],
] as const)('openstack({ generation: %s }) reads %s and guards a create by: %s', (generation, place, guard) => {
  const codec = codecOf(openstack(generation === undefined ? {} : { generation }).version ?? { name: '' });
  expect(codec.source).toBe(`${place} in the body`);
  expect(codec.guardCreate()?.in ?? 'none').toBe(guard);
});

it('azureBlob() sends a lease only if it has one', () => {
  expect(new Headers(azureBlob().headers).has('x-ms-lease-id')).toBe(false);
  expect(new Headers(azureBlob({ leaseId: 'l' }).headers).get('x-ms-lease-id')).toBe('l');
});

describe('lists of Kubernetes', () => {
  const deployment = (containers: JsonValue[], more: JsonObject = {}): JsonObject => ({
    metadata: { ownerReferences: [{ uid: 'u1', kind: 'App' }] },
    spec: { template: { spec: { containers, ...more } } },
  });
  const web = (image: string, more: JsonObject = {}): JsonObject => ({ name: 'web', image, ...more });
  const port = (containerPort: number, protocol: string, name: string): JsonObject => ({
    containerPort,
    protocol,
    name,
  });
  const merged = (base: JsonValue, local: JsonValue, remote: JsonValue): unknown => {
    const { merge = {} } = kubernetes();
    const { value, conflicts } = rebase({ base, patch: diff(base, local, { merge }), remote, merge });
    expect(conflicts).toEqual([]);
    return value;
  };

  it('know containers by name, wherever the server has moved them', () => {
    const remote = deployment([{ name: 'proxy', image: 'proxy:1' }, web('web:1')]);
    expect(merged(deployment([web('web:1')]), deployment([web('web:2')]), remote)).toEqual(
      deployment([{ name: 'proxy', image: 'proxy:1' }, web('web:2')]),
    );
  });

  it('know env by name, and ports by number and protocol together', () => {
    const ports = [port(53, 'TCP', 'dns-tcp'), port(53, 'UDP', 'dns')];
    const base = deployment([web('web:1', { env: [{ name: 'A', value: '1' }], ports })]);
    const local = deployment([
      web('web:1', { env: [{ name: 'A', value: '2' }], ports: [ports[0] ?? null, port(53, 'UDP', 'mine')] }),
    ]);
    const remote = deployment([
      web('web:1', {
        env: [
          { name: 'B', value: '1' },
          { name: 'A', value: '1' },
        ],
        ports: [port(53, 'UDP', 'dns'), port(53, 'TCP', 'dns-tcp')],
      }),
    ]);
    expect(merged(base, local, remote)).toEqual(
      deployment([
        web('web:1', {
          env: [
            { name: 'B', value: '1' },
            { name: 'A', value: '2' },
          ],
          ports: [port(53, 'UDP', 'mine'), port(53, 'TCP', 'dns-tcp')],
        }),
      ]),
    );
  });

  it('take two sidecars added by two people for two', () => {
    const add = (...names: string[]) => deployment([web('web:1'), ...names.map((name) => ({ name, image: name }))]);
    expect(merged(add(), add('a'), add('b'))).toEqual(add('b', 'a'));
  });
});
