import type { AnswerForm, CommittedWrite, ConflictServerOptions, CustomAnswer, Normaliser } from 'unconflict/testing';
import type { Random } from '../../simulation/random.js';
import { below, pick } from '../../simulation/random.js';
import type { Trouble } from './network.js';

/** What is special about a world. */
export const KINDS = ['plain', 'other forms', 'tenants', 'no receipts', 'caches', 'replicas'] as const;
export type Kind = (typeof KINDS)[number];

/** What a schedule is played in: chosen once, by its kind and seed. */
export interface World {
  readonly kind: Kind;
  readonly server: ConflictServerOptions;
  readonly trouble: Trouble;
  /** How far the replica lags that reads come from, in ms. */
  readonly lag: number;
  /** Each has credentials, and a document of their own. One: the document is everybody's. */
  readonly people: readonly Readonly<Record<string, string>>[];
  readonly clients: number;
  /** One person with one client, and nobody else: there is nobody to be in conflict with. */
  readonly isAlone: boolean;
  /** What is typed is not in the form that the server keeps. */
  readonly isUntidy: boolean;
}

const BOTH: NonNullable<ConflictServerOptions['patches']> = ['json-patch', 'merge-patch'];

export function worldOf(kind: Kind, random: Random): World {
  const level = pick(random, [0, 0.05, 0.15]);
  const some = (): number => (random() < 0.5 ? random() * level : 0);
  const trouble: Trouble = {
    loseRequest: some(),
    loseAnswer: some(),
    cutAnswer: some(),
    errorBefore: some(),
    errorAfter: some(),
    noReceipt: some(),
    page: 0,
  };
  const world: World = {
    kind,
    server: {
      status: pick(random, [412, 409]),
      answer: pick(random, ['representation', 'minimal', 'no-version', 'nothing']),
      gateway: pick(random, ['none', 'none', 'weaken', 'suffix']),
      patches: pick(random, [BOTH, BOTH, BOTH, ['merge-patch'], ['json-patch']]),
      conflictBody: pick(random, ['problem', 'empty', 'current']),
    },
    trouble,
    lag: 0,
    people: [{}],
    clients: 2,
    isAlone: false,
    isUntidy: false,
  };
  return MAKE[kind](world, random);
}

const MAKE: Readonly<Record<Kind, (world: World, random: Random) => World>> = {
  plain: (world, random) => ({ ...world, lag: random() < 0.25 ? below(random, 300) : 0 }),
  'other forms': (world, random) => {
    const isAlone = random() < 0.5;
    const server = { ...world.server, answer: pick(random, TELLS), normalise: normalisers(random) };
    return { ...world, server, isAlone, clients: isAlone ? 1 : 2, isUntidy: true };
  },
  tenants: (world, random) => {
    const header = pick(random, ['authorization', 'cookie', 'x-user']);
    const people = ['a', 'b'].map((name) => ({ [header]: `session=${name}` }));
    return { ...world, people, clients: 1, server: { ...world.server, tenants: header } };
  },
  'no receipts': (world, random) => {
    const trouble = { ...world.trouble, noReceipt: random() * 0.3, page: random() * 0.2 };
    return { ...world, trouble };
  },
  caches: (world, random) => {
    const cache = { ttl: below(random, 3_000), age: below(random, 3), obeysNoCache: random() < 0.3 };
    return { ...world, server: { ...world.server, cache } };
  },
  replicas: (world, random) => ({ ...world, lag: below(random, 2_500) }),
};

type Answer = NonNullable<ConflictServerOptions['answer']>;

/** What tells little or wrong of what a write came to: nothing, its tag, the document before it under the new tag, a summary, a receipt. */
const TELLS: readonly [Answer, ...Answer[]] = [
  'representation',
  'no-version',
  'nothing',
  ...[
    (): AnswerForm => 'minimal',
    ({ before, value }: CommittedWrite): CustomAnswer => ({ body: before ?? value }),
    ({ value }: CommittedWrite): CustomAnswer => ({
      body: Object.fromEntries(Object.entries(Object(value)).slice(0, 1)),
    }),
    ({ path }: CommittedWrite): CustomAnswer => ({ body: { ok: true, path } }),
  ].map((tell): Answer => {
    // What was sent by PUT and kept in another form must not be answered with a tag (RFC 9110 9.3.4).
    return (write) => (write.method === 'PUT' ? 'nothing' : tell(write));
  }),
];

function normalisers(random: Random): Normaliser[] {
  let count = 0;
  const stamp: Normaliser = (value) => {
    count += 1;
    return { ...Object(value), changes: count, by: { whom: 'somebody', at: count } };
  };
  const steps = (['trim', 'lower-case', 'round', 'ids', 'sort', stamp] as const).filter(() => random() < 0.5);
  return steps.length > 0 ? steps : ['trim'];
}
