import type { ConflictAnswer, ConflictContext } from '../../src/contract/resolver.js';
import { counter } from '../../src/core/rules/counter.js';
import { list } from '../../src/core/rules/list.js';
import type { Policy } from '../../src/engine/policy.js';
import type { Random } from './random.js';
import { below, pick } from './random.js';
import type { Versioning } from './versioning.js';
import { VERSIONINGS } from './versioning.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Weather } from './weather.js';
import { weatherOf } from './weather.js';

/** A server that no client can please: each must end by itself. */
export type Temper = 'fair' | 'always-stale' | 'always-moving' | 'always-locked' | 'ten-years' | 'silent' | 'deaf';

/** What a schedule is played in: chosen once, by its seed. */
export interface World {
  readonly weather: Weather;
  readonly temper: Temper;
  readonly versioning: Versioning;
  readonly answers: 'whole' | 'version' | 'nothing';
  /** What a broken business rule is answered with. */
  readonly ruleStatus: 400 | 403 | 409 | 422;
  /** What a write to a deleted resource is answered with. */
  readonly goneStatus: 404 | 410 | 412;
  /** A stale write's answer carries the latest state. */
  readonly tellsLatest: boolean;
  readonly policy: Policy;
  /** Resources are deleted and created again. Then nothing is counted: a deletion takes what was counted with it. */
  readonly deleting: boolean;
  /** Every addition to the counter is another power of four, so that its digits tell how often each was made; else all add 1. */
  readonly distinct: boolean;
  readonly clients: number;
  readonly resources: number;
  /** How a resolver behaves; one that never answers needs callers who lose patience. */
  readonly resolver: 'none' | 'prompt' | 'slow' | 'never' | 'throws';
  /** Clients are closed while they work. */
  readonly closing: boolean;
  /** Many edits at once. */
  readonly bursts: boolean;
}

export function worldOf(random: Random, clock: VirtualClock): World {
  const versioning = pick(random, VERSIONINGS);
  const weather = weatherOf(random);
  const temper: Temper =
    random() < 0.85
      ? 'fair'
      : pick(random, ['always-stale', 'always-moving', 'always-locked', 'ten-years', 'silent', 'deaf']);
  // Contents that come back after a deletion make versions that prove nothing: no client can do anything about that.
  const deleting = versioning.name !== 'hash' && random() < 0.3;
  const resolver = pick<World['resolver']>(random, ['none', 'prompt', 'prompt', 'prompt', 'slow', 'never', 'throws']);
  return {
    weather,
    temper,
    versioning,
    answers: pick(random, ['whole', 'version', 'nothing']),
    ruleStatus: pick(random, [400, 403, 409, 422]),
    goneStatus: pick(random, [404, 410, 412]),
    tellsLatest: random() < 0.15,
    policy: policyOf(versioning, resolver, random, clock),
    deleting,
    distinct: random() < 0.5,
    clients: 1 + below(random, 3),
    resources: 1 + below(random, 2),
    resolver,
    closing: random() < 0.1,
    bursts: random() < 0.1,
  };
}

function policyOf({ codec }: Versioning, how: World['resolver'], random: Random, clock: VirtualClock): Policy {
  const keyed = random() < 0.5 ? { '/keyed': list({ key: 'id' }) } : {};
  return {
    codec,
    merge: { '/count': counter(), ...keyed },
    resolve: resolverOf(how, random, clock),
    schema: undefined,
    classify: undefined,
    retry: {
      attempts: pick(random, [3, 20, 20]),
      attemptsWhileMoving: Number.POSITIVE_INFINITY,
      minDelay: 25,
      maxDelay: 2_000,
      deadline: pick(random, [5_000, 30_000, 30_000]),
      maxRetryAfter: 30_000,
      hookDeadline: Number.POSITIVE_INFINITY,
    },
    lock: { maxWait: pick(random, [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 1_000]), release: undefined },
    gone: pick(random, [undefined, 'error', 'discard', 'recreate']),
    exists: pick(random, [undefined, 'error', 'adopt', 'merge']),
    readonly: [],
    requireVersion: true,
    createdMeansRecreated: false,
  };
}

function resolverOf(how: World['resolver'], random: Random, clock: VirtualClock): Policy['resolve'] {
  const favourite = pick<'local' | 'remote' | 'abort'>(random, ['local', 'remote', 'abort']);
  const thinking = below(random, 3_000);
  // Only a title is written over: then all else that ever stood there can be looked for.
  const answer = ({ reason, conflicts }: ConflictContext<unknown>): ConflictAnswer<unknown> => {
    const onTitle = reason === 'stale' && conflicts.every(({ path }) => path === '/title');
    return favourite === 'local' && !onTitle ? 'abort' : favourite;
  };
  switch (how) {
    case 'none':
      return undefined;
    case 'prompt':
      return answer;
    case 'slow':
      return async (context) => {
        await clock.wait(thinking);
        return answer(context);
      };
    case 'never':
      return () => new Promise(() => {});
    case 'throws':
      return () => {
        throw new Error('the resolver is broken');
      };
  }
}
