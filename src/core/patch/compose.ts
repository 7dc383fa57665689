import type { Operation } from 'fast-json-patch';
import { assertDepth } from '../assert-depth.js';
import type { JsonValue, Patch, ReadonlyJson } from '../json.js';
import { isAtOrBelow } from '../pointer.js';
import { applyToDraft } from './apply.js';
import type { CompiledOperation } from './compile.js';
import { compilePatch } from './compile.js';
import type { Draft, Place } from './draft.js';
import { locate, openDraft } from './draft.js';

/** So many operations back, an earlier one is looked for that a later one makes superfluous. */
const REACH = 256;

/** An operation and the places it reaches in the document of its moment. */
interface Step {
  operation: Operation;
  /** The value of its operation while later operations are made inside it: a copy for each would be quadratic. */
  value: Draft | undefined;
  readonly target: Place;
  /** The target, and for move and copy the source. */
  readonly touched: readonly Touched[];
}

interface Touched {
  readonly tokens: readonly string[];
  /** What else it moves: where items of its list shift, all of the list. */
  readonly zone: readonly string[];
}

/** Edits in a row, that are becoming one. */
export interface Composition {
  /** Adds an edit made on top of those before. @throws InvalidPatchError */
  add(patch: readonly Operation[]): void;
  readonly patch: Patch;
}

/**
 * Two edits in a row as one: `apply(base, compose(base, first, second))` equals `apply(apply(base, first), second)`. What a later operation
 * overwrites, removes or completes is folded into one where nothing in between depends on it; everything else stays as it is, in order.
 *
 * @example
 * ```ts
 * import { compose } from 'unconflict/core';
 * compose({ a: 1 }, [{ op: 'replace', path: '/a', value: 2 }], [{ op: 'replace', path: '/a', value: 3 }]);
 * // [{ op: 'replace', path: '/a', value: 3 }]
 * ```
 *
 * @throws InvalidPatchError (ERR_INVALID_PATCH) where `first` does not apply to `base`, or `second` to what comes of it. `index` counts within the patch at fault.
 */
export function compose(base: ReadonlyJson, first: readonly Operation[], second: readonly Operation[]): Patch {
  const composition = openComposition(base as JsonValue); // Nothing writes to it.
  composition.add(first);
  composition.add(second);
  return composition.patch;
}

/** A row of edits made on `base`. To each edit only what it adds is done, however many there were before. */
export function openComposition(base: JsonValue): Composition {
  assertDepth(base, 'base');
  const draft = openDraft(base);
  const steps: Step[] = [];
  return {
    add(patch) {
      for (const compiled of compilePatch(patch)) {
        if ('value' in compiled) assertDepth(compiled.value, 'The document after the patch', compiled.tokens.length);
        const step = locateStep(draft.root, compiled);
        applyToDraft(draft, compiled);
        fold(steps, step, compiled);
      }
    },
    get patch() {
      return steps.map(close);
    },
  };
}

function locateStep(document: JsonValue, compiled: CompiledOperation): Step {
  const from = 'from' in compiled ? locate(document, compiled.from) : undefined;
  return stepOf(compiled.source, locate(document, compiled.tokens), from);
}

function stepOf(operation: Operation, target: Place, from?: Place): Step {
  const { op } = operation;
  const touched = [touch(target, op !== 'replace' && op !== 'test')];
  if (from !== undefined) touched.push(touch(from, op === 'move'));
  return { operation, value: undefined, target, touched };
}

/** Its operation, with what was made inside its value. Whoever has it may keep it: the next change is made in a copy. */
function close(step: Step): Operation {
  if (step.value !== undefined && 'value' in step.operation)
    step.operation = { ...step.operation, value: step.value.root };
  step.value = undefined;
  return step.operation;
}

function touch({ tokens, inList }: Place, shifts: boolean): Touched {
  return { tokens, zone: inList && shifts ? tokens.slice(0, -1) : tokens };
}

/** Adds a step, or folds it into an earlier one that it can be brought beside without passing anything it depends on. */
function fold(steps: Step[], step: Step, compiled: CompiledOperation): void {
  for (let at = steps.length - 1; at >= 0 && at >= steps.length - REACH; at--) {
    const earlier = steps[at];
    if (earlier === undefined) break;
    const merged = merge(earlier, step);
    if (merged === 'superseded') steps.splice(at, 1);
    else if (merged === 'cancelled') return void steps.splice(at, 1);
    else if (merged === 'inside') return makeInside(earlier, step, compiled);
    else if (merged !== undefined) return void steps.splice(at, 1, stepOf(merged, earlier.target));
    else if (!independent(earlier, step)) break;
  }
  steps.push(step);
}

function makeInside(earlier: Step, later: Step, compiled: CompiledOperation): void {
  const { operation, target } = earlier;
  if (!('value' in operation)) return;
  earlier.value ??= openDraft(operation.value);
  applyToDraft(earlier.value, { ...compiled, tokens: later.target.tokens.slice(target.tokens.length) });
}

/** What two steps side by side come to: one operation, nothing, the later one alone or made inside the earlier one's value, or `undefined` when both are needed. */
function merge(earlier: Step, later: Step): Operation | 'cancelled' | 'superseded' | 'inside' | undefined {
  const { operation: a, target } = earlier;
  const { operation: b } = later;
  const writes = (op: string): boolean => op === 'add' || op === 'replace' || op === 'remove';
  if (!writes(a.op) || !writes(b.op)) return undefined;
  const inside = isAtOrBelow(later.target.tokens, target.tokens);
  if (!inside) {
    const overwritten = b.op !== 'add' || (!later.target.inList && later.target.side.present);
    return overwritten && isAtOrBelow(target.tokens, later.target.tokens) ? 'superseded' : undefined;
  }
  // Behind a removed item stands the next one.
  if (a.op === 'remove' && target.inList) return undefined;
  if (later.target.tokens.length > target.tokens.length) {
    return a.op === 'add' || a.op === 'replace' ? 'inside' : undefined;
  }
  if (b.op === 'add' && target.inList) return undefined;
  if (b.op === 'remove') {
    if (a.op === 'add' && (target.inList || !target.side.present)) return 'cancelled';
    return { op: 'remove', path: a.path };
  }
  if (b.op !== 'add' && b.op !== 'replace') return undefined;
  // An add of something new stays one; whatever else there was before is replaced.
  return { op: a.op === 'add' ? 'add' : 'replace', path: a.path, value: b.value };
}

/** Whether two steps can change places. */
function independent(a: Step, b: Step): boolean {
  return a.touched.every((one) =>
    b.touched.every((other) => !isAtOrBelow(other.tokens, one.zone) && !isAtOrBelow(one.tokens, other.zone)),
  );
}
