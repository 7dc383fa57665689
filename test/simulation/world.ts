import { counter, list } from '../../src/core/rules/makers.js';
import type { Policy } from '../../src/engine/policy.js';
import type { Manner } from './hooks.js';
import { releaseOf, resolverOf, schemaOf } from './hooks.js';
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
  /** One that never answers needs callers who lose patience, or a deadline. */
  readonly resolver: Manner;
  readonly release: Manner;
  readonly schema: Manner;
  /** Open conflicts are answered later. */
  readonly afterthoughts: boolean;
  /** The clients are tabs of one origin, and take turns. */
  readonly tabs: boolean;
  /** Clients are closed while they work. */
  readonly closing: boolean;
  /** Many edits at once. */
  readonly bursts: boolean;
  /** What the server makes of what it is sent. */
  readonly keeps: 'what was sent' | 'lists sorted' | 'a stamp';
  /** ms that every read is behind. */
  readonly replica: number;
}

/** @param servers What is special about the servers of one schedule in three. */
export function worldOf(random: Random, clock: VirtualClock, servers: Random): World {
  const versioning = pick(random, VERSIONINGS);
  const fine = weatherOf(random);
  const temper: Temper =
    random() < 0.85
      ? 'fair'
      : pick(random, ['always-stale', 'always-moving', 'always-locked', 'ten-years', 'silent', 'deaf']);
  // Contents that come back after a deletion make versions that prove nothing: no client can do anything about that.
  const deleting = versioning.name !== 'hash' && random() < 0.3;
  const resolver = pick<Manner>(random, ['none', 'prompt', 'prompt', 'prompt', 'slow', 'never', 'throws']);
  const hooks = {
    resolver,
    release: random() < 0.2 ? pick<Manner>(random, ['prompt', 'prompt', 'slow', 'never', 'throws']) : 'none',
    schema: random() < 0.2 ? pick<Manner>(random, ['prompt', 'prompt', 'prompt', 'slow', 'never', 'throws']) : 'none',
  };
  const special = pick(servers, ['', '', '', '', '', '', 'no receipts', 'replica', 'lists sorted', 'a stamp']);
  const weather = special === 'no receipts' ? { ...fine, noReceipt: servers() * 0.3 } : fine;
  // Of a 409 nobody can tell for longer than one patient look that it is not about a rule.
  const lag = versioning.staleStatus === 412 ? 2_500 : 1_000;
  return {
    weather,
    temper,
    versioning,
    answers: pick(random, ['whole', 'version', 'nothing']),
    ruleStatus: pick(random, [400, 403, 409, 422]),
    goneStatus: pick(random, [404, 410, 412]),
    tellsLatest: random() < 0.15,
    policy: policyOf(versioning, hooks, random, clock),
    deleting,
    distinct: random() < 0.5,
    clients: 1 + below(random, 3),
    resources: 1 + below(random, 2),
    ...hooks,
    closing: random() < 0.1,
    bursts: random() < 0.1,
    afterthoughts: random() < 0.5,
    tabs: random() < 0.2,
    keeps: special === 'lists sorted' || special === 'a stamp' ? special : 'what was sent',
    replica: special === 'replica' && !deleting ? below(servers, lag) : 0,
  };
}

function policyOf(
  { codec }: Versioning,
  { resolver, release, schema }: Pick<World, 'resolver' | 'release' | 'schema'>,
  random: Random,
  clock: VirtualClock,
): Policy {
  const keyed = random() < 0.5 ? { '/keyed': list({ key: 'id' }) } : {};
  return {
    codec,
    merge: { '/count': counter(), ...keyed },
    origin: 'person',
    resolve: resolverOf(resolver, random, clock),
    schema: schemaOf(schema, random, clock),
    classify: undefined,
    retry: {
      attempts: pick(random, [3, 20, 20]),
      attemptsWhileMoving: Number.POSITIVE_INFINITY,
      minDelay: 25,
      maxDelay: 2_000,
      deadline: pick(random, [5_000, 30_000, 30_000]),
      maxRetryAfter: 30_000,
      hookDeadline: pick(random, [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2_000]),
    },
    lock: {
      maxWait: pick(random, [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 1_000]),
      release: releaseOf(release, random, clock),
    },
    gone: pick(random, [undefined, 'error', 'discard', 'recreate']),
    exists: pick(random, [undefined, 'error', 'adopt', 'merge']),
    readonly: [],
    requireVersion: true,
    keyed: false,
    createdMeansRecreated: false,
  };
}
