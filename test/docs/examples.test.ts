import { format } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Example } from './examples.js';
import { docstringExamples, pageExamples, pages } from './examples.js';
import { exampleNetwork } from './network.js';
import type { Printed } from './printed.js';
import { byLine, expectedPrints, PRINTER } from './printed.js';
import type { Workshop } from './workshop.js';
import { openWorkshop } from './workshop.js';

const onPages = pageExamples();
const inDocstrings = docstringExamples();

/** Shows that the compiler looks: an example that must not pass. */
const WRONG: Example = {
  id: 'wrong',
  place: 'wrong.md:7',
  language: 'ts',
  code: "import { createClient } from 'unconflict';\n\nconst client: number = createClient();",
  output: undefined,
};

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop([...onPages, ...inDocstrings, WRONG]);
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

const named = (examples: readonly Example[]): [string, Example][] =>
  examples.map((example) => [example.place, example]);

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

describe('examples of the pages', () => {
  test('there are pages, and the first of them begins with an example', () => {
    expect(pages()).toContain('README.md');
    expect(onPages.some(({ place }) => place.startsWith('README.md:'))).toBe(true);
  });

  test('are type-checked: a wrong one is told with its place in the page', () => {
    expect(workshop.complaints(WRONG)).toEqual([expect.stringMatching(/^line 9, column 7: TS2322: .*'number'/)]);
  });

  test.each(named(onPages))('%s type-checks, runs, and prints what it says', (_, example) => holds(example));
});

describe('examples of the docstrings', () => {
  test.each(named(inDocstrings))('%s type-checks, runs, and prints what it says', (_, example) => holds(example));
});
