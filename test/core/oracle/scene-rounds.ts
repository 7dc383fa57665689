import type { RebaseInput, RebaseOutput, Resolution } from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import { equal } from '../tools.js';
import { overlapDocument, overlapEdit } from './overlap.js';
import type { Random } from './random.js';
import type { Scene } from './verdict.js';

/**
 * Answers come in rounds: a few conflicts are answered, the rest stays open, and the answers so far are given again with the next ones. Each
 * answer settles the conflict it belongs to, and no other; in the end it is as if all had been given at once.
 */
export function roundScene(moves: boolean): (random: Random) => Scene {
  return (random) => {
    const base = overlapDocument(random);
    const local = overlapEdit(base, random, 2 + random.below(8), { moves });
    const remote = overlapEdit(base, random, 2 + random.below(8), { moves });
    const input: RebaseInput = { base, patch: local.patch, remote: remote.document };
    return {
      input,
      must: undefined,
      may: 'they meet anywhere',
      wrong: () => undefined,
      always: (output) => wrongRounds(input, output, random),
    };
  };
}

const ANSWERS = ['local', 'remote', 'local', 'remote', 'base', 'remove'] as const;

function wrongRounds(input: RebaseInput, first: RebaseOutput, random: Random): string | undefined {
  const resolutions: Record<string, Resolution> = {};
  const byPlace: Record<string, Resolution> = {};
  let { conflicts } = first;
  const places = conflicts.flatMap(({ path, basePath }) => (path === basePath ? [path] : [path, basePath]));
  for (let round = 0; conflicts.length > 0; round++) {
    if (round > 40) return 'never closed';
    const answered = conflicts.filter(() => random.chance(0.5));
    for (const { basePath, path } of answered) {
      const answer = random.pick(ANSWERS);
      resolutions[basePath] = answer;
      const named = places.filter((place) => place === path).length === 1 && random.chance(0.5);
      byPlace[named ? path : basePath] = answer;
    }
    const next = rebase({ ...input, resolutions });
    if (!equal(apply(input.remote, next.patch), next.value)) return 'the patch does not give the value';
    const left = conflicts.filter((one) => !answered.includes(one)).map(({ kind, basePath }) => `${kind} ${basePath}`);
    const open = next.conflicts.map(({ kind, basePath }) => `${kind} ${basePath}`);
    if (left.sort().join() !== open.sort().join())
      return `after ${JSON.stringify(resolutions)}: open ${open.join(', ')} instead of ${left.join(', ')}`;
    const settled = next.resolved.map(({ basePath }) => basePath).sort();
    if (settled.join() !== Object.keys(resolutions).sort().join())
      return `settled ${settled.join()} by ${JSON.stringify(resolutions)}`;
    conflicts = next.conflicts;
  }
  const [one, other] = [resolutions, byPlace].map((answers) => rebase({ ...input, resolutions: answers }));
  return equal(one?.value, other?.value)
    ? undefined
    : `by path ${JSON.stringify(byPlace)} is another result than ${JSON.stringify(resolutions)}`;
}
