import { diff } from '../../src/core/diff.js';
import type { JsonObject, JsonValue } from '../../src/core/json.js';
import type { MergeRule } from '../../src/core/rule.js';
import { Lane } from '../../src/engine/lane.js';
import type { Policy } from '../../src/engine/policy.js';
import { ResourceShelf } from '../../src/engine/resource-shelf.js';
import { InDoubtError } from '../../src/errors/outcome-errors.js';
import { codecOf } from '../../src/protocol/codec-of.js';
import { etag } from '../../src/protocol/etag.js';
import type { Weather } from './flaky-server.js';
import { FlakyServer } from './flaky-server.js';
import type { Random } from './random.js';
import { below, pick, seeded } from './random.js';
import { VirtualClock } from './virtual-clock.js';

/** What became of one edit, and how to find it in a document. */
export interface Outcome {
  readonly token: string;
  readonly kind: 'accepted' | 'failed' | 'in-doubt' | 'aborted';
  readonly error: unknown;
}

export interface Report {
  readonly seed: number;
  readonly outcomes: readonly Outcome[];
  /** Tokens that somebody else wrote directly. */
  readonly foreign: readonly string[];
  readonly final: JsonValue;
  readonly requests: number;
  readonly edits: number;
  readonly timersLeft: number;
}

const codec = codecOf(etag());
const POLICY: Policy = {
  codec,
  merge: {},
  resolve: undefined,
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
  gone: undefined,
  exists: undefined,
  readonly: [],
  requireVersion: true,
  createdMeansRecreated: false,
};
const MERGE: Record<string, MergeRule> = {};

/** Some schedules are calm, some are bad in one way, some in every way. */
function weatherOf(random: Random): Weather {
  const level = pick(random, [0, 0.05, 0.2]);
  const some = (): number => (random() < 0.5 ? level * random() * 2 : 0);
  return {
    loseRequest: some(),
    loseAnswer: some(),
    duplicate: some(),
    late: some(),
    serverError: some(),
    serverErrorAfterCommit: some(),
    lag: some(),
    busy: some(),
    refuse: some() / 4,
    lock: some() / 2,
    latency: pick(random, [1, 20, 200]),
  };
}

/** Runs one schedule: several clients edit one document, others change it behind their backs, and the network does its worst. */
export async function runSchedule(seed: number): Promise<Report> {
  const random = seeded(seed);
  const clock = new VirtualClock(random);
  const start: JsonValue = { plain: ['start'], keyed: [{ id: 'start', n: 0 }], map: {} };
  const server = new FlakyServer(start, clock, random, weatherOf(random));
  const outcomes: Outcome[] = [];
  const foreign: string[] = [];
  let open = 0;
  let edits = 0;

  const client = async (name: number): Promise<void> => {
    const shelf = new ResourceShelf(codec, () => {});
    const lane = new Lane('sim:/doc', shelf, { clock, closing: new AbortController().signal, locks: undefined });
    const port = server.port();
    shelf.keep(server.state, false);
    const count = 1 + below(random, 4);
    for (let index = 0; index < count; index += 1) {
      if (random() < 0.6) await clock.wait(below(random, 500));
      const token = `c${name}e${index}`;
      const base = lane.value;
      if (base === undefined) throw new Error('a client that has read has a value');
      const local = edited(base, token, random);
      const controller = new AbortController();
      if (random() < 0.1) clock.after(below(random, 1_500), () => controller.abort(new Error('enough')));
      edits += 1;
      open += 1;
      lane
        .submit({
          id: token,
          url: 'sim:/doc',
          port,
          policy: { ...POLICY, merge: MERGE },
          base,
          local,
          patch: diff(base, local),
          isDerived: true,
          baseVersion: lane.pending.length === 0 ? shelf.state?.version : undefined,
          movesBefore: shelf.moves,
          replay: undefined,
          creating: false,
          signal: controller.signal,
          combinable: true,
          clock,
          emit: () => {},
        })
        .then(
          () => outcomes.push({ token, kind: 'accepted', error: undefined }),
          (error: unknown) => outcomes.push({ token, kind: kindOf(error), error }),
        )
        .finally(() => {
          open -= 1;
        });
    }
  };

  let clients = 1 + below(random, 4);
  const started = Array.from({ length: clients }, (_, name) => client(name).finally(() => (clients -= 1)));
  const others = 1 + below(random, 4);
  for (let index = 0; index < others; index += 1) {
    const token = `f${index}`;
    clock.after(below(random, 3_000), () => {
      server.change(edited(server.state.value, token, random));
      foreign.push(token);
    });
  }
  await clock.run(() => open === 0 && clients === 0);
  await Promise.all(started);
  // What is still under way arrives now, if ever.
  await clock.run(() => clock.pending === 0);
  return {
    seed,
    outcomes,
    foreign,
    final: server.state.value,
    requests: server.requests,
    edits,
    timersLeft: clock.pending,
  };
}

function kindOf(error: unknown): Outcome['kind'] {
  if (error instanceof InDoubtError) return 'in-doubt';
  return error instanceof Error && error.message === 'enough' ? 'aborted' : 'failed';
}

/** Puts a token somewhere, in a way that no other edit can conflict with. */
function edited(value: JsonValue, token: string, random: Random): JsonValue {
  const { plain, keyed, map } = value as { plain: JsonValue[]; keyed: JsonValue[]; map: JsonObject };
  switch (below(random, 4)) {
    case 0:
      return { plain: [...plain, token], keyed, map };
    case 1:
      return { plain, keyed: [{ id: token, n: 1 }, ...keyed], map };
    case 2:
      return { plain, keyed, map: { ...map, [token]: true } };
    default: {
      const at = below(random, plain.length + 1);
      return { plain: [...plain.slice(0, at), token, ...plain.slice(at)], keyed, map };
    }
  }
}
