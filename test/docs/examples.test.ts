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

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop([...onPages, ...inDocstrings]);
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

describe('examples of the pages', () => {
  test('there are pages, and the first of them begins with an example', () => {
    expect(pages()).toContain('README.md');
    expect(onPages.some(({ place }) => place.startsWith('README.md:'))).toBe(true);
  });

  test.each(onPages)('$place type-checks, runs, and prints what it says', holds);
});

describe('examples of the docstrings', () => {
  test.each(inDocstrings)('$place type-checks, runs, and prints what it says', holds);
});
