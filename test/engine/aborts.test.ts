import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { EditEvent } from '../../src/contract/events.js';
import type { ConflictResolver } from '../../src/contract/resolver.js';
import type { JsonValue } from '../../src/core/json.js';
import { accepted, answered, found, missing, unknown } from './fake-port.js';
import type { Bench } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

/** A caller may leave at any moment: at every event, and so many turns of the event loop behind it. */
const MOMENTS = [
  'start',
  'attempt',
  'refetch',
  'rebase',
  'wait',
  'stale',
  'resolve',
  'locked',
  'in-doubt',
  'gone',
  'hook',
  'saving',
] as const;
const TURNS = 20;

const v1 = { value: { a: 1, b: 1, c: 1 }, version: '"1"' };
const mine = { ...v1.value, a: 2 };
const onTop = (value: JsonValue) => ({ value, version: undefined });
type Resolve = ConflictResolver<unknown>;

const scenes: readonly (readonly [what: string, make: (resolve: Resolve) => Bench])[] = [
  ['is accepted', () => bench({ writes: [accepted('"2"'), accepted('"3"')] })],
  [
    'meets a conflict',
    (resolve) =>
      bench(
        {
          writes: [answered(412), accepted('"3"'), accepted('"4"'), accepted('"5"')],
          reads: [found('"2"', { ...v1.value, a: 7 })],
        },
        { resolve },
      ),
  ],
  [
    'meets a lock',
    () =>
      bench(
        { writes: [answered(423), accepted('"2"'), accepted('"3"'), accepted('"4"')], reads: [found('"1"', v1.value)] },
        { lock: { release: async () => {} } },
      ),
  ],
  [
    'is in doubt',
    () => bench({ writes: [unknown(), accepted('"2"'), accepted('"3"')], reads: [found('"1"', v1.value)] }),
  ],
  [
    'finds nothing there',
    (resolve) =>
      bench(
        { writes: [answered(404), accepted('"2"'), accepted('"3"'), accepted('"4"')], reads: [missing] },
        { resolve },
      ),
  ],
  ['has a weak tag', () => bench({ writes: [accepted('"2"'), accepted('"3"')], reads: [found('W/"1"', v1.value)] })],
  [
    'is refused',
    () =>
      bench({
        writes: [answered(422), answered(422), answered(422), accepted('"2"')],
        reads: [found('"1"', v1.value)],
      }),
  ],
];
const companies = ['alone', 'in company', 'a delete'] as const;

test.each(scenes.flatMap(([what, make]) => companies.map((company) => [company, what, make] as const)))(
  '%s: whoever leaves at any moment while it %s leaves nothing behind',
  async (company, what, make) => {
    const broken: string[] = [];
    for (const moment of MOMENTS) {
      for (let turns = 0; turns < TURNS; turns += 1) {
        const found = await leaving(make, company, what === 'has a weak tag' ? 'W/"1"' : '"1"', moment, turns);
        broken.push(...found.map((how) => `${moment} + ${turns}: ${how}`));
      }
    }
    expect(broken).toEqual([]);
  },
);

async function leaving(
  make: (resolve: Resolve) => Bench,
  company: (typeof companies)[number],
  version: string,
  moment: (typeof MOMENTS)[number],
  turns: number,
): Promise<string[]> {
  const leaver = new AbortController();
  const { signal } = leaver;
  let writesBefore = Number.POSITIVE_INFINITY;
  let isLeaving = false;
  const leave = async (at: string): Promise<void> => {
    if (isLeaving || at !== moment) return;
    isLeaving = true;
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    writesBefore = on.port.writes.length;
    leaver.abort(new Error('enough'));
  };
  const on = make(async () => {
    void leave('hook');
    return 'local';
  });
  on.resource.keep({ ...v1, version }, false);
  on.resource.subscribe(() => void leave(on.resource.status));
  const told: string[] = [];
  const emit = ({ type }: EditEvent): void => {
    told.push(type);
    void leave(type);
  };
  const { port, policy } = on;
  const work =
    company === 'a delete'
      ? on.delete({ id: 'd', base: on.resource.state, onStale: 'delete', port, policy, signal, emit })
      : on.submit({ ...v1, version }, mine, { signal, emit });
  const ended = outcomeOf(work);
  const other = company === 'in company' ? outcomeOf(on.submit(onTop(mine), { ...mine, b: 2 })) : undefined;
  void leave('start');
  await on.clock.advance(60_000);
  const result = await ended;
  await other;
  await on.clock.advance(60_000);
  const broken: string[] = [];
  const end = told.findIndex((type) => type === 'accepted' || type === 'rejected');
  if (end >= 0 && end < told.length - 1) broken.push(`told of ${told.slice(end + 1).join()} after its end`);
  if (['saving', 'waiting', 'conflicted'].includes(on.resource.status)) broken.push(`still ${on.resource.status}`);
  if (on.clock.pending > 0) broken.push(`${on.clock.pending} timers are left`);
  if (getEventListeners(signal, 'abort').length > 0) broken.push('listeners are left');
  if (!(result instanceof Error && result.message === 'enough') || told.includes('in-doubt')) return broken;
  // It was not on its way when its caller left: it must not be sent after that.
  for (const write of on.port.writes.slice(writesBefore)) {
    // What a neighbour creates again is all that was seen, and holds it, too.
    const isItself = write.kind === 'update' ? JSON.stringify(write.local).includes('"a":2') : company !== 'in company';
    if (isItself) broken.push('sent after that');
  }
  return broken;
}
