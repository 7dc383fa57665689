import type { Operation } from 'fast-json-patch';
import fastJsonPatch from 'fast-json-patch';
import type { JsonValue, Patch } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import { apply } from '../../src/core/patch/apply.js';
import { rebase } from '../../src/core/rebase/rebase.js';
import type { Trial } from '../core/oracle/trial.js';
import { json1Operation } from './oracle-json1.js';
import { defaultOf, isRecord, member } from './oracle-module.js';

/** Somebody who merges. Throwing is refusing: that is honest, and counted apart from being wrong. */
export interface Peer {
  readonly name: string;
  readonly package: string;
  /** What it has to be told of the other side: after a refused write, only documents are there. */
  readonly needs: 'documents' | 'the other side’s operations';
  readonly merge: (trial: Trial) => unknown;
}

const copy = (value: JsonValue): JsonValue => structuredClone(value);

/** Any peer's patch is applied by one strict implementation, so that only the patch is judged. */
function applied(document: JsonValue, patch: unknown): JsonValue {
  return apply(document, JSON.parse(JSON.stringify(patch)) as Operation[]);
}

const installed: Peer[] = [
  {
    name: 'this library',
    package: 'unconflict',
    needs: 'documents',
    merge: ({ base, local, remote }) => {
      const { value, conflicts } = rebase({ base, patch: local.patch, remote: remote.document });
      if (conflicts.length > 0) throw new Error('conflicts');
      return value;
    },
  },
  {
    name: 'the patch, applied again',
    package: 'any',
    needs: 'documents',
    merge: ({ local, remote }) => applied(remote.document, local.patch),
  },
  {
    name: 'compare, applied again',
    package: 'fast-json-patch',
    needs: 'documents',
    merge: ({ base, local, remote }) =>
      applied(remote.document, fastJsonPatch.compare(Object(base), Object(local.document))),
  },
];

/** How each package is used, given its modules. */
const optional: {
  readonly package: string;
  readonly modules: readonly string[];
  readonly peers: (...modules: unknown[]) => Peer[];
}[] = [
  {
    package: 'rfc6902',
    modules: ['rfc6902'],
    peers: (module) => [
      {
        name: 'createPatch, applied again',
        package: 'rfc6902',
        needs: 'documents',
        merge: ({ base, local, remote }) =>
          applied(remote.document, member(module, 'createPatch')(base, local.document)),
      },
    ],
  },
  {
    package: 'jiff',
    modules: ['jiff', 'jiff/lib/rebase.js'],
    peers: (module, rebaseModule) => [
      {
        name: 'rebase',
        package: 'jiff',
        needs: 'documents',
        merge: ({ base, local, remote }) => {
          const hash = (item: JsonValue): unknown => (isObject(item) ? item.id : JSON.stringify(item));
          const history = member(module, 'diff')(base, remote.document, { hash });
          return member(module, 'patch')(
            member({ rebase: isRecord(rebaseModule) ? rebaseModule.default : undefined }, 'rebase')(
              [history],
              withTests(base, local.patch),
            ),
            copy(remote.document),
          );
        },
      },
    ],
  },
  {
    package: '@threads/json-patch-ot',
    modules: ['@threads/json-patch-ot'],
    peers: (module) => [
      {
        name: 'JSONPatchOT',
        package: '@threads/json-patch-ot',
        needs: 'the other side’s operations',
        merge: ({ local, remote }) =>
          applied(remote.document, defaultOf(module)(structuredClone(remote.patch), structuredClone(local.patch))),
      },
    ],
  },
  {
    package: 'json-joy',
    modules: [
      'json-joy/lib/json-patch-ot/index.js',
      'json-joy/lib/json-patch-diff/JsonPatchDiff.js',
      'json-joy/lib/json-patch/codec/json/index.js',
    ],
    peers: (ot, diffing, patching) => {
      const merge = (trial: Trial, accepted: unknown): JsonValue => {
        const decode = (operations: unknown): unknown => member(patching, 'decode')(operations, {});
        const moved = member(ot, 'transform')(decode(accepted), decode(trial.local.patch));
        return applied(trial.remote.document, member(patching, 'encode')(moved));
      };
      return [
        {
          name: 'patch OT',
          package: 'json-joy',
          needs: 'the other side’s operations',
          merge: (trial) => merge(trial, trial.remote.patch),
        },
        {
          name: 'diff and patch OT',
          package: 'json-joy',
          needs: 'documents',
          merge: (trial) => {
            const Diff = isRecord(diffing) ? diffing.JsonPatchDiff : undefined;
            const differ: unknown = typeof Diff === 'function' ? Reflect.construct(Diff, []) : undefined;
            return merge(trial, member(differ, 'diff').call(differ, '', trial.base, trial.remote.document));
          },
        },
      ];
    },
  },
  {
    package: 'trimerge',
    modules: ['trimerge'],
    peers: (module) => [
      {
        name: 'object and keyed array mergers',
        package: 'trimerge',
        needs: 'documents',
        merge: ({ base, local, remote }) => {
          const key = (item: JsonValue): string => String(isObject(item) ? item.id : JSON.stringify(item));
          const arrays = member(module, 'trimergeArrayCreator')(key);
          const merger = member(module, 'combineMergers')(
            member(module, 'trimergeJsonDeepEqual'),
            member(module, 'trimergeJsonObject'),
            arrays,
          );
          return member({ merger }, 'merger')(copy(base), copy(remote.document), copy(local.document));
        },
      },
    ],
  },
  {
    package: 'ot-json1',
    modules: ['ot-json1'],
    peers: (module) => [
      {
        name: 'transform',
        package: 'ot-json1',
        needs: 'the other side’s operations',
        merge: ({ base, local, remote }) => {
          const type = isRecord(module)
            ? (module.type ?? (isRecord(module.default) ? module.default.type : undefined))
            : undefined;
          const theirs = json1Operation(module, type, base, remote.patch);
          return member(type, 'apply')(
            copy(remote.document),
            member(type, 'transform')(json1Operation(module, type, base, local.patch), theirs, 'right'),
          );
        },
      },
    ],
  },
];

/** jiff wants the value that a removal or a replacement finds, as a test in front of it: otherwise it cannot be turned round. */
function withTests(base: JsonValue, patch: readonly Operation[]): Patch {
  const tested: Patch = [];
  let here = base;
  for (const operation of patch) {
    const { op, path } = operation;
    if (op === 'remove' || op === 'replace')
      tested.push({ op: 'test', path, value: fastJsonPatch.getValueByPointer(here, path) });
    tested.push(operation);
    here = apply(here, [operation]);
  }
  return tested;
}

/** The peers that are installed, and the packages that are not. */
export async function loadPeers(): Promise<{ readonly peers: readonly Peer[]; readonly missing: readonly string[] }> {
  const peers: Peer[] = [...installed];
  const missing: string[] = [];
  for (const wanted of optional) {
    try {
      const modules: unknown[] = [];
      for (const name of wanted.modules) modules.push(await import(name));
      peers.push(...wanted.peers(...modules));
    } catch {
      missing.push(wanted.package);
    }
  }
  return { peers, missing };
}
