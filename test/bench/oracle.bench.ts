import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import { PLAIN_NAMES } from '../core/oracle/plan.js';
import type { Trial } from '../core/oracle/trial.js';
import { trialOf } from '../core/oracle/trial.js';
import type { Peer } from './oracle-peers.js';
import { loadPeers } from './oracle-peers.js';

/** Which merges come out right, by how many packages: two disjoint edits have exactly one right merge, computed by identities. */
const TRIALS = Number(process.env.ORACLE_TRIALS ?? 2_000);
const FIRST_SEED = Number(process.env.ORACLE_SEED ?? 1);

interface Score {
  right: number;
  wrong: number;
  refused: number;
}

function judge(peer: Peer, trials: readonly Trial[]): Score {
  const score: Score = { right: 0, wrong: 0, refused: 0 };
  for (const trial of trials) {
    try {
      // By way of text, so that a member that is undefined is as good as missing.
      const value: JsonValue = JSON.parse(JSON.stringify(peer.merge(trial)));
      score[deepEqual(value, trial.right) ? 'right' : 'wrong']++;
    } catch {
      score.refused++;
    }
  }
  return score;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`.padStart(8);
}

function row(cells: readonly string[], { right, wrong, refused }: Score): string {
  const whole = right + wrong + refused;
  return `${cells.join(' | ')} | ${percent(right, whole)} | ${percent(wrong, whole)} | ${percent(refused, whole)}`;
}

const all = Array.from({ length: TRIALS }, (_, at) => trialOf(FIRST_SEED + at, 'id', PLAIN_NAMES)).filter(
  ({ base, local, remote }) => !deepEqual(base, local.document) && !deepEqual(base, remote.document),
);
const moveless = all.filter(({ local, remote }) => [...local.patch, ...remote.patch].every(({ op }) => op !== 'move'));
const { peers, missing } = await loadPeers();

for (const [title, trials] of [
  [`${all.length} pairs of disjoint edits`, all],
  [`the ${moveless.length} of them without moves`, moveless],
] as const) {
  console.log(`\n${title}: right, silently wrong, refused`);
  for (const peer of peers)
    console.log(row([peer.package.padEnd(23), peer.name.padEnd(31), peer.needs.padEnd(27)], judge(peer, trials)));
}
if (missing.length > 0) console.log(`\nNot installed, so not tried: ${missing.join(', ')}.`);
