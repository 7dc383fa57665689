import { format } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Example } from './examples.js';
import { exampleNetwork } from './network.js';
import type { Printed } from './printed.js';
import { byLine, expectedPrints, PRINTER } from './printed.js';
import type { Workshop } from './workshop.js';
import { openWorkshop } from './workshop.js';

/** What a test file may ask of the examples it runs. */
export interface Running {
  /** Makes a test of each example: it type-checks, runs, and prints what it says. */
  readonly testEach: (examples: readonly Example[]) => void;
  readonly complaints: (example: Example) => readonly string[];
}

/** Sets a test file up to run examples: all are checked and built at once, before the first of them runs. */
export function running(examples: readonly Example[]): Running {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop(examples);
  }, 120_000);
  afterAll(() => workshop?.remove());

  /** Prints by example: what an earlier one prints late is not taken for another's. */
  const printed = new Map<string, Printed[]>();
  beforeEach(() => {
    vi.stubGlobal(PRINTER, (id: string, line: number, ...values: unknown[]) => {
      const prints = printed.get(id) ?? [];
      printed.set(id, prints);
      prints.push({ line, text: format(...values) });
    });
    vi.stubGlobal('fetch', exampleNetwork(globalThis.fetch));
    for (const method of ['debug', 'info', 'warn', 'error'] as const)
      vi.spyOn(console, method).mockImplementation(() => {});
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  async function holds(example: Example): Promise<void> {
    expect(workshop.complaints(example)).toEqual([]);
    await import(workshop.moduleOf(example));
    const prints = printed.get(example.id) ?? [];
    const expected = byLine(expectedPrints(example.code));
    const actual = byLine(prints);
    const commented = Object.fromEntries(Object.keys(expected).map((line) => [line, actual[Number(line)] ?? []]));
    expect(commented).toEqual(expected);
    if (example.output !== undefined) expect(prints.map(({ text }) => text).join('\n')).toBe(example.output);
  }

  return {
    testEach(some) {
      const named = some.map((example): [string, Example] => [example.place, example]);
      test.each(named)('%s type-checks, runs, and prints what it says', (_, example) => holds(example));
    },
    complaints: (example) => workshop.complaints(example),
  };
}
