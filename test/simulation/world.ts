import type { ConflictAnswer } from '../../src/contract/resolver.js';
import { counter } from '../../src/core/rules/counter.js';
import { list } from '../../src/core/rules/list.js';
import type { Policy } from '../../src/engine/policy.js';
import type { Random } from './random.js';
import { below, pick } from './random.js';
import type { Versioning } from './versioning.js';
import { VERSIONINGS } from './versioning.js';
import type { Weather } from './weather.js';
import { weatherOf } from './weather.js';

/** What a schedule is played in: chosen once, by its seed. */
export interface World {
  readonly weather: Weather;
  readonly versioning: Versioning;
  readonly answers: 'whole' | 'version' | 'nothing';
  readonly ruleStatus: 409 | 422;
  readonly policy: Policy;
  /** Resources are deleted and created again. Then nothing is counted: a deletion takes what was counted with it. */
  readonly deleting: boolean;
  /** Every addition to the counter is another power of four, so that its digits tell how often each was made; else all add 1. */
  readonly distinct: boolean;
  readonly resources: number;
}

export function worldOf(random: Random): World {
  const versioning = pick(random, VERSIONINGS);
  const weather = weatherOf(random);
  // Contents that come back after a deletion make versions that prove nothing: no client can do anything about that.
  const deleting = versioning.name !== 'hash' && random() < 0.3;
  return {
    weather,
    versioning,
    answers: pick(random, ['whole', 'version', 'nothing']),
    ruleStatus: pick(random, [409, 422]),
    policy: policyOf(versioning, random),
    deleting,
    distinct: random() < 0.5,
    resources: 1 + below(random, 2),
  };
}

function policyOf({ codec }: Versioning, random: Random): Policy {
  const keyed = random() < 0.5 ? { '/keyed': list({ key: 'id' }) } : {};
  const answer = pick<'local' | 'remote' | 'abort'>(random, ['local', 'remote', 'abort']);
  return {
    codec,
    merge: { '/count': counter(), ...keyed },
    // Only a title is written over: then all else that ever stood there can be looked for.
    resolve:
      random() < 0.7
        ? ({ reason, conflicts }): ConflictAnswer<unknown> => {
            const onTitle = reason === 'stale' && conflicts.every(({ path }) => path === '/title');
            return answer === 'local' && !onTitle ? 'abort' : answer;
          }
        : undefined,
    schema: undefined,
    classify: undefined,
    retry: {
      attempts: 20,
      attemptsWhileMoving: Number.POSITIVE_INFINITY,
      minDelay: 25,
      maxDelay: 2_000,
      deadline: 30_000,
      maxRetryAfter: 30_000,
    },
    lock: { maxWait: Number.POSITIVE_INFINITY, release: undefined },
    gone: pick(random, [undefined, 'error', 'discard', 'recreate']),
    exists: pick(random, [undefined, 'error', 'adopt', 'merge']),
    readonly: [],
    requireVersion: true,
    createdMeansRecreated: false,
  };
}
