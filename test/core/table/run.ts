import { expect } from 'vitest';
import type {
  JsonValue,
  MergeConflict,
  Patch,
  RebaseInput,
  RebaseOutput,
  ResolvedConflict,
  Side,
} from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import { equal, freeze, valueAt } from '../tools.js';
import type { RebaseCase } from './case.js';

type Expected = Pick<RebaseCase, 'value' | 'emits' | 'conflicts' | 'sides' | 'message' | 'settled' | 'landed'>;

const CONFLICT = /^(?<kinds>[\w|-]+) (?<path>\S+)(?: was (?<was>\S+))?(?: ops (?<ops>[\d ]+))?$/;
const MIRRORED: { readonly [kind: string]: string } = {
  'modify-delete': 'delete-modify',
  'delete-modify': 'modify-delete',
};

/** Runs one call and holds it against what is expected, and against what must hold for every call. */
export function hold(input: RebaseInput, expected: Expected): void {
  const before = JSON.stringify(input);
  freeze(input.base);
  freeze(input.remote);
  if (input.local !== undefined) freeze(input.local);
  for (const operation of input.patch ?? []) Object.freeze(operation);
  const output = rebase(input);
  expect(JSON.stringify(input)).toBe(before);
  expect(equal(apply(input.remote, output.patch), output.value), 'the patch gives the value').toBe(true);
  holdConflicts(output, expected);
  for (const conflict of output.conflicts) holdSides(input, conflict);
  if (expected.value !== undefined && !equal(output.value, expected.value))
    expect(output.value).toEqual(expected.value);
  if (expected.emits !== undefined) holdPatch(input, output.patch, expected.emits);
  if (expected.settled !== undefined)
    expect(output.resolved.map(tellSettled).sort()).toEqual([...expected.settled].sort());
  expect(output.landed === undefined).toBe(input.inDoubt !== true);
  if (expected.landed !== undefined) expect(expected.landed).toContain(output.landed);
}

/** Where remote is base, the very same operations; elsewhere the same ones, of which the law does not fix the order. */
function holdPatch({ base, remote }: RebaseInput, patch: Patch, emits: Patch): void {
  const told = (operations: Patch): Patch =>
    equal(base, remote)
      ? operations
      : [...operations].sort((a, b) => (`${a.op} ${a.path}` < `${b.op} ${b.path}` ? -1 : 1));
  expect(told(patch)).toEqual(told(emits));
}

function tellSettled({ path, by, resolution }: ResolvedConflict): string {
  return `${path} ${by} ${typeof resolution === 'string' ? resolution : 'value'}`;
}

function holdConflicts(output: RebaseOutput, { conflicts = [], sides, message }: Expected): void {
  const told = output.conflicts.map(({ kind, path, basePath }) => ({ kind, path, basePath }));
  expect(told.length, JSON.stringify(told)).toBe(conflicts.length);
  const left = [...output.conflicts];
  for (const line of conflicts) {
    const at = left.findIndex((conflict) => fits(conflict, line));
    expect(at, `${line} in ${JSON.stringify(told)}`).toBeGreaterThanOrEqual(0);
    left.splice(at, 1);
  }
  expect(new Set(output.conflicts.map(({ basePath }) => basePath)).size).toBe(conflicts.length);
  const [first] = output.conflicts;
  if (sides !== undefined) expect([first?.base, first?.local, first?.remote]).toEqual(sides.map(sideOf));
  if (message !== undefined) expect(first?.message).toMatch(message);
  for (const conflict of output.conflicts) expect(conflict.message).not.toBe('');
}

function sideOf(value: JsonValue | undefined): Side {
  return value === undefined ? { present: false } : { present: true, value };
}

function fits(conflict: MergeConflict, line: string): boolean {
  const { kinds = '', path = '', was = path, ops } = CONFLICT.exec(line)?.groups ?? {};
  const pointer = (text: string): string => (text === '(root)' ? '' : text);
  if (!kinds.split('|').includes(conflict.kind)) return false;
  if (path !== '*' && conflict.path !== pointer(path)) return false;
  if (was !== '*' && conflict.basePath !== pointer(was)) return false;
  return ops === undefined || conflict.operations.join(' ') === ops;
}

/** What a conflict says of base and remote must be what stands there. */
function holdSides(input: RebaseInput, { base, remote, path, basePath, kind }: MergeConflict): void {
  const at = (document: JsonValue, pointer: string): Side => sideOf(valueAt(document, pointer));
  if (base.present) expect(at(input.base, basePath)).toEqual(base);
  if (remote.present) expect(at(input.remote, path)).toEqual(remote);
  if (kind === 'modify-delete') expect(remote.present).toBe(false);
  if (kind === 'delete-modify') expect(base.present && remote.present).toBe(true);
}

/** The call a case describes. */
export function inputOf({ base, patch, remote, merge, resolutions, inDoubt }: RebaseCase): RebaseInput {
  return {
    base,
    patch,
    remote,
    ...(merge === undefined ? {} : { merge }),
    ...(resolutions === undefined ? {} : { resolutions }),
    ...(inDoubt === undefined ? {} : { inDoubt }),
  };
}

const simple = ({ patch }: RebaseCase): boolean =>
  patch.every(({ op }) => op === 'add' || op === 'remove' || op === 'replace');

function localOf({ base, patch }: RebaseCase): JsonValue {
  return apply(base, patch);
}

/** The same edit, given as the value it led to. */
export function asValue(one: RebaseCase): RebaseInput | undefined {
  if (one.inDoubt === true || !(one.asValue ?? simple(one))) return undefined;
  const { patch: _patch, ...input } = inputOf(one);
  return { ...input, local: localOf(one) };
}

/** The other way round, and what must come of it. */
export function swap(one: RebaseCase): { readonly input: RebaseInput; readonly expected: Expected } | undefined {
  const ruled = one.merge !== undefined || one.resolutions !== undefined || one.inDoubt === true;
  if (one.swapped === false || !(one.asValue ?? simple(one)) || (ruled && one.swapped === undefined)) return undefined;
  const { base, remote, merge } = one;
  const clean = (one.conflicts ?? []).length === 0;
  const value = one.swapped?.value ?? (clean ? one.value : localOf(one));
  return {
    input: { base, local: remote, remote: localOf(one), ...(merge === undefined ? {} : { merge }) },
    expected: {
      conflicts: one.swapped?.conflicts ?? (one.conflicts ?? []).map(mirror),
      ...(value === undefined ? {} : { value }),
    },
  };
}

/** Where a conflict is in remote is another place the other way round; where it was in base is not. */
function mirror(line: string): string {
  const { kinds = '', path = '', was = path } = CONFLICT.exec(line)?.groups ?? {};
  return `${kinds
    .split('|')
    .map((kind) => MIRRORED[kind] ?? kind)
    .join('|')} * was ${was}`;
}
