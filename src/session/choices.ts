import { assertJson } from '../core/assert-json.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { Pointer } from '../core/json.js';
import { hasOwn } from '../core/json.js';
import type { GivenAnswer } from '../engine/conflict/asking/still-holding.js';
import { stillHolding } from '../engine/conflict/asking/still-holding.js';

/** What was chosen so far, by basePath, each with the conflict it was chosen for. Never changed: every step makes another. */
export type Choices = ReadonlyMap<Pointer, GivenAnswer>;

/** The choices that answer these conflicts as they are now: the server's side is what it was when they were made. */
export function holding(choices: Choices, conflicts: readonly MergeConflict[]): Record<Pointer, Resolution> {
  return stillHolding([...choices.values()], conflicts) ?? {};
}

/** The conflicts that were not there before, or whose server side is another now. */
export function newIn(now: readonly MergeConflict[], before: readonly MergeConflict[]): Pointer[] {
  const same = stillHolding(
    before.map((conflict) => ({ conflict, resolution: 'local' })),
    now,
  );
  return now.map(({ basePath }) => basePath).filter((path) => !hasOwn(same ?? {}, path));
}

export function withChoice(choices: Choices, conflict: MergeConflict, resolution: Resolution): Choices {
  return new Map(choices).set(conflict.basePath, { conflict, resolution });
}

export function withoutChoice(choices: Choices, { basePath }: MergeConflict): Choices {
  return new Map([...choices].filter(([path]) => path !== basePath));
}

/** The conflict a path names. @throws InvalidOptionsError if it names none, or several. */
export function conflictAt(conflicts: readonly MergeConflict[], path: Pointer): MergeConflict {
  const found =
    conflicts.find(({ basePath }) => basePath === path) ??
    (conflicts.filter((conflict) => conflict.path === path).length === 1
      ? conflicts.find((conflict) => conflict.path === path)
      : undefined);
  if (found !== undefined) return found;
  const known = conflicts.map(({ basePath }) => `"${basePath}"`).join(', ') || 'none';
  throw new InvalidOptionsError(`No conflict is called "${path}". There is: ${known}.`, { option: 'path' });
}

const WORDS: readonly unknown[] = ['local', 'remote', 'base', 'remove'];

/** @throws InvalidOptionsError for what is no resolution; InvalidJsonError for a `{ value }` that JSON cannot carry. */
export function assertResolution(resolution: Resolution): void {
  if (WORDS.includes(resolution)) return;
  if (typeof resolution === 'object' && resolution !== null && 'value' in resolution) {
    assertJson(resolution.value, 'the chosen { value }');
    return;
  }
  throw new InvalidOptionsError(
    `${JSON.stringify(resolution) ?? typeof resolution} is no resolution. Choose 'local', 'remote', 'base', 'remove' or { value }.`,
    { option: 'resolution' },
  );
}
