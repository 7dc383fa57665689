import type { OutboxEntry } from '../../../src/index.js';
import type { Fleet } from './fleet.js';
import { namesOf } from './recognise.js';
import type { World } from './world.js';

/** ms. By then everything that can be saved is saved, where nothing goes wrong any more. */
const CALM = 240_000;

/** States in which an entry waits for a person. */
const HELD: readonly string[] = ['refused', 'in-doubt', 'conflicted'];

/** What a person settles, one after the other. What was behind something may need a person in its turn. */
const ROUNDS: readonly (readonly string[])[] = [[], ['refused'], ['refused', 'in-doubt'], ...Array(6).fill(HELD)];

/** Nothing goes wrong any more: what can be saved is saved, and a person settles the rest. */
export async function settle(world: World, fleet: Fleet): Promise<void> {
  const { time, book, disk, weather } = world;
  world.isCalm = true;
  weather.clear();
  book.tell('calm');
  if (fleet.alive.length === 0) await time.run(() => fleet.mayOpen, CALM);
  const proc = fleet.alive[0] ?? fleet.open();
  if (!(await time.run(() => proc.isReady, 60_000))) book.blame('an outbox gets ready', proc.name);
  for (const { typist } of fleet.alive) typist.closeAll();
  const isIdle = (): boolean => fleet.alive.every(({ typist }) => typist.isIdle);
  await time.run(isIdle, CALM);
  const own = (): string[] => [...disk.values.keys()].filter((key) => key.startsWith('unconflict/ada/'));
  const shown = (): OutboxEntry[] => fleet.alive.flatMap(({ waiting }) => waiting.entries);
  const isStill = (): boolean => shown().every((entry) => HELD.includes(entry.state) || isBehind(shown(), entry));
  const isEmpty = (): boolean => own().length === 0 && shown().length === 0;
  for (const settled of ROUNDS) await settleOnce(settled);
  // Its last save may have waited behind a question.
  if (!(await time.run(isIdle, CALM))) book.blame('a draft can be closed', left());
  if (await time.run(isEmpty, CALM)) return;
  // What a dead process has stored at last is seen after the next start.
  for (const each of fleet.alive) each.close();
  await time.run(() => fleet.mayOpen, CALM);
  const last = fleet.open();
  await time.run(() => last.isReady, CALM);
  for (const settled of ROUNDS) await settleOnce(settled);
  if (!(await time.run(isEmpty, CALM))) book.blame('it ends', `${own().join(' ')} ${left()}`);

  async function settleOnce(settled: readonly string[]): Promise<void> {
    if (settled === HELD && isEmpty()) return;
    for (const each of fleet.alive) {
      each.waiting.resume();
      for (const { id, state } of each.waiting.entries) {
        if (!settled.includes(state)) continue;
        if (state === 'conflicted' || (state === 'refused' && settled === HELD)) fleet.discard(each, id);
        else fleet.retry(each, id);
      }
    }
    await time.run(() => own().length === shown().length && isStill(), CALM);
    if (!isStill()) book.blame('what can be saved is saved', left());
  }

  function left(): string {
    const lines = shown().map(({ id, resource, state, error }) => {
      return `${namesOf(book.in(id))} ${resource} ${state} ${error?.name ?? ''}`;
    });
    return lines.join(', ');
  }
}

/** Something of its resource that stands before it waits for a person: it may be made on top of that. Ids do not tell where the clock was put back. */
function isBehind(entries: readonly OutboxEntry[], entry: OutboxEntry): boolean {
  const before = entries.slice(0, entries.indexOf(entry));
  return before.some(({ resource, state }) => resource === entry.resource && HELD.includes(state));
}
