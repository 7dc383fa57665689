import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accept } from '../../src/engine/accept.js';
import type { Batch } from '../../src/engine/batch.js';
import type { World } from './world.js';

/** Whether each special server finds a client that is wrong: with a part of it replaced by a worse one. */
interface Mutant {
  readonly title: string;
  readonly isPlayed: (world: World) => boolean;
  /** The file in `src`, and what it exports instead. */
  readonly file: string;
  readonly replace: (original: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly finds: RegExp;
}

const mutants: readonly Mutant[] = [
  {
    title: 'takes a page for a receipt',
    isPlayed: ({ weather, deleting }) => weather.noReceipt > 0.1 && !deleting,
    file: 'engine/conflict/read-answer',
    replace: ({ readAnswer }) => ({
      readAnswer: (batch: Batch, write: unknown, answer: { readonly status?: number; readonly kind: string }) =>
        answer.kind !== 'unknown' || answer.status === undefined
          ? call(readAnswer, batch, write, answer)
          : accept(batch, { value: batch.value, version: undefined }, false),
    }),
    finds: /is nowhere/,
  },
  {
    title: 'believes a replica that shows nothing of what it wrote',
    isPlayed: ({ replica }) => replica > 1_500,
    file: 'engine/budget',
    replace: () => ({ LAG: { ms: 0, reason: 'backoff' } }),
    finds: /did nothing|is there|within/,
  },
  ...(['lists sorted', 'a stamp'] as const).map(
    (keeps): Mutant => ({
      title: `takes what it sent for what is kept (${keeps})`,
      isPlayed: (world) => world.keeps === keeps,
      file: 'engine/resource/resource-state',
      replace: ({ ResourceState }) => ({ ResourceState: certain(ResourceState) }),
      finds: /is not what its version names/,
    }),
  ),
];

function call(original: unknown, ...given: readonly unknown[]): unknown {
  if (typeof original !== 'function') throw new Error('it is a function');
  return original(...given);
}

type Keeps = new (...given: never[]) => { keep(state: object, own: boolean): void };

/** The same, and nothing in it is assumed. */
function certain(original: unknown): unknown {
  return class extends (original as Keeps) {
    override keep(state: object, own: boolean): void {
      super.keep({ ...state, isAssumed: false }, own);
    }
  };
}

beforeEach(() => vi.resetModules());
afterEach(() => {
  for (const { file } of mutants) vi.doUnmock(fileOf(file));
});

const fileOf = (file: string): string => `../../src/${file}.js`;

test.each(mutants)(
  'a client that $title is found',
  async ({ isPlayed, file, replace, finds }) => {
    await import(fileOf(file)); // A file that is not there would be replaced by nothing.
    vi.resetModules();
    vi.doMock(fileOf(file), async (original) => {
      const exports = await original<Record<string, unknown>>();
      return { ...exports, ...replace(exports) };
    });
    const { draw, runSchedule } = await import('./schedule.js');
    const { violations } = await import('./invariants.js');
    const found: string[] = [];
    for (let seed = 1; seed <= 20_000 && !found.some((what) => finds.test(what)); seed += 1)
      if (isPlayed(draw(seed).world)) found.push(...violations(await runSchedule(seed)));
    expect(found.join('\n')).toMatch(finds);
  },
  300_000,
);
