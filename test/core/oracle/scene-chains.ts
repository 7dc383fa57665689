import type { JsonValue, Patch, RebaseInput, Resolution } from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import { equal } from '../tools.js';
import type { Random } from './random.js';
import { rulesOf, wishesOf } from './scene-tree.js';
import { copyTree, plantTree, writeTree } from './tree.js';
import { handOn } from './tree-edit.js';
import { anyBothReordered, truthOf, wrongIn } from './tree-truth.js';
import type { Scene } from './verdict.js';
import { wrongTokens } from './verdict.js';

/**
 * Refused again and again: the original edit is rebased onto each version remote gets to, with the answers given so far for the conflicts
 * whose remote value has not changed. Beside it the rebased patch is rebased, which comes to the same while nothing conflicts.
 */
export function chainScene(random: Random): Scene {
  const base = plantTree(random, random.pick(['board', 'lanes', 'blocks']), random.pick(['id', 'sku']));
  const local = handOn(copyTree(base), 'L');
  wishesOf(local, random, ['edit', 'insert', 'remove', 'carry', 'reorder'], 3);
  const remote = handOn(copyTree(base), 'R');
  const versions: JsonValue[] = [];
  for (let count = 2 + random.below(3); count > 0; count--) {
    wishesOf(remote, random, ['edit', 'insert', 'remove', 'carry', 'reorder'], 2);
    versions.push(writeTree(remote.tree, random.chance(0.2)));
  }
  const truth = truthOf(base, local, remote);
  const merge = rulesOf(base);
  const start = writeTree(base);
  const input: RebaseInput = {
    base: start,
    patch: local.patch,
    remote: versions.at(-1) ?? start,
    ...(merge === undefined ? {} : { merge }),
  };
  return {
    input,
    must: truth.must[0],
    may: truth.may[0] ?? (anyBothReordered(base, local.tree, remote.tree) ? 'both reordered' : undefined),
    wrong: ({ value }) => {
      const wrong = wrongIn(truth, base, local.tree, remote.tree, value);
      if (wrong !== undefined) return wrong;
      // Where something moved, a rebased patch no longer says between whom.
      const inSteps = local.moved.size + remote.moved.size > 0 ? undefined : chained(input, versions);
      const wrongStep = inSteps === undefined ? undefined : wrongIn(truth, base, local.tree, remote.tree, inSteps);
      return wrongStep === undefined
        ? undefined
        : `in steps over ${JSON.stringify(versions)}: ${wrongStep}: ${JSON.stringify(inSteps)}`;
    },
    always: (output) => wrongTokens(input, output) ?? wrongAnswers(input, versions, random),
  };
}

/** Each rebased patch rebased in its turn; `undefined` where somebody would have been asked. */
function chained({ base, patch, merge }: RebaseInput, versions: readonly JsonValue[]): JsonValue | undefined {
  let here = base;
  let edit: Patch = [...(patch ?? [])];
  let value: JsonValue = base;
  for (const remote of versions) {
    const step = rebase({ base: here, patch: edit, remote, ...(merge === undefined ? {} : { merge }) });
    if (step.conflicts.length > 0) return undefined;
    ({ patch: edit, value } = step);
    here = remote;
  }
  return value;
}

const goes = (kept: Readonly<Record<string, Resolution>>): boolean => Object.values(kept).includes('local');

/** The answers given to one version hold for the next, where remote has not changed there; what has changed is asked again. */
function wrongAnswers(input: RebaseInput, versions: readonly JsonValue[], random: Random): string | undefined {
  const answers = new Map<
    string,
    { readonly answer: Resolution; readonly kind: string; readonly remote: JsonValue | undefined }
  >();
  for (const remote of versions) {
    const open = rebase({ ...input, remote });
    const kept: Record<string, Resolution> = {};
    for (const { basePath, kind, remote: side } of open.conflicts) {
      const known = answers.get(basePath);
      if (known?.kind === kind && equal(known.remote, side.present ? side.value : undefined))
        kept[basePath] = known.answer;
    }
    const next = rebase({ ...input, remote, resolutions: kept });
    if (!equal(apply(remote, next.patch), next.value)) return 'the patch does not give the value';
    const left = open.conflicts.filter(({ basePath }) => !(basePath in kept)).map(({ basePath }) => basePath);
    // Local's answer that something goes can take away where local moved something else to: only now is there a question about that.
    const asked = next.conflicts
      .filter(({ kind, basePath }) => kind !== 'move' || basePath in kept || left.includes(basePath) || !goes(kept))
      .map(({ basePath }) => basePath);
    if (left.sort().join() !== asked.sort().join())
      return `asked ${asked.join()} instead of ${left.join()}, with ${JSON.stringify(kept)}`;
    for (const { basePath, kind, remote: side } of next.conflicts)
      answers.set(basePath, {
        answer: random.pick(['local', 'remote']),
        kind,
        remote: side.present ? side.value : undefined,
      });
  }
  return undefined;
}
