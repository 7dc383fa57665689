import { isTouchedInside, itemsOf, wholeOf } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { memberOf } from '../json.js';
import type { CompiledOperation } from '../patch/compile.js';
import { arrayIndex } from '../pointer.js';
import type { Traced } from './traced.js';
import { beforeOf, isAtHome, isEdited, operationsOf, originOf, traced } from './traced.js';

/** A `test` of the patch, and what it looked at. */
export interface TracedTest {
  readonly index: number;
  readonly value: JsonValue;
  readonly tokens: readonly string[];
  readonly origin: Traced['origin'];
  /** The patch had changed something in it before. */
  readonly touched: boolean;
}

/** A patch, carried out on its base with every value's identity kept. */
export interface Trace {
  readonly root: Traced;
  readonly tests: readonly TracedTest[];
}

/** Carries a patch out that leads from `base` to `local`. */
export function trace(base: JsonValue, operations: readonly CompiledOperation[], local: JsonValue): Trace {
  const run = new Tracing(base);
  for (const operation of operations) run.step(operation);
  run.root.whole = local;
  return run;
}

class Tracing implements Trace {
  root: Traced;
  readonly tests: TracedTest[] = [];

  constructor(base: JsonValue) {
    this.root = traced(base, { parent: undefined, token: '', value: base }, false, []);
  }

  step(operation: CompiledOperation): void {
    const { index, tokens } = operation;
    switch (operation.op) {
      case 'add':
        return this.#add(tokens, traced(operation.value, undefined, true, [index]));
      case 'replace':
        return this.#replace(index, tokens, operation.value);
      case 'remove':
        return void this.#take(index, tokens);
      case 'copy': {
        const source = this.#enter(operation.from);
        const node = traced(wholeOf(source), undefined, true, [index]);
        if (!isEdited(source)) node.copied = source.origin;
        return this.#add(tokens, node);
      }
      case 'move':
        return this.#move(index, operation.from, tokens);
      case 'test': {
        const node = this.#enter(tokens);
        const origin = node.replaced ? undefined : node.origin;
        this.tests.push({ index, tokens, value: operation.value, origin, touched: isTouchedInside(node) });
      }
    }
  }

  #move(index: number, from: readonly string[], tokens: readonly string[]): void {
    if (from.length === tokens.length && from.every((token, at) => token === tokens[at])) return;
    const node = this.#take(index, from);
    node.moved = true;
    this.#add(tokens, node);
  }

  #add(tokens: readonly string[], node: Traced): void {
    const token = tokens.at(-1);
    if (token === undefined) {
      // Whatever takes the place of the whole document is one thing.
      const ops = [...new Set([...operationsOf(this.root), ...operationsOf(node)])];
      const before = beforeOf(this.root);
      this.root = { ...traced(wholeOf(node), this.root.origin, true, ops), before };
      return;
    }
    const parent = this.#enter(tokens.slice(0, -1));
    const { value } = parent;
    if (Array.isArray(value)) {
      const items = itemsOf(parent, value);
      const at = token === '-' ? items.length : (arrayIndex(token) ?? 0);
      if (isAtHome(parent, node)) parent.gone?.delete(Number(node.origin?.token));
      items.splice(at, 0, node);
      return;
    }
    parent.members ??= new Map();
    const base = memberOf(value, token);
    const before = parent.members.get(token);
    if (base !== undefined && before === undefined) {
      parent.gone ??= new Map();
      parent.gone.set(token, traced(base, originOf(parent, token, base), false, []));
    } else if (before && isAtHome(parent, before) && before.origin?.token === token) {
      parent.gone ??= new Map();
      parent.gone.set(token, before);
    }
    const left = parent.gone?.get(token);
    if (isAtHome(parent, node) && node.origin?.token === token) {
      node.moved = false;
      parent.gone?.delete(token);
    } else if (!node.moved && base !== undefined && !left?.moved) {
      // What base has here is replaced, whether it was still there or had been removed before.
      node.origin = originOf(parent, token, base);
      node.ops.unshift(...(left === undefined ? [] : operationsOf(left)));
      node.before = left && beforeOf(left);
      parent.gone?.delete(token);
    } else if (before && !isAtHome(parent, before)) node.ops.unshift(...operationsOf(before));
    parent.members.set(token, node);
  }

  #replace(index: number, tokens: readonly string[], value: JsonValue): void {
    const node = this.#enter(tokens);
    const { origin, moved } = node;
    const before = beforeOf({ ...node });
    Object.assign(node, traced(value, origin, true, [...operationsOf(node), index]), { moved, before });
  }

  /** Takes out what stands at a place. */
  #take(index: number, tokens: readonly string[]): Traced {
    const node = this.#enter(tokens);
    const token = tokens.at(-1) ?? '';
    const parent = this.#enter(tokens.slice(0, -1));
    const { value } = parent;
    node.ops.push(index);
    node.moved = false;
    if (Array.isArray(value)) itemsOf(parent, value).splice(arrayIndex(token) ?? 0, 1);
    else {
      parent.members ??= new Map();
      parent.members.set(token, null);
    }
    if (isAtHome(parent, node)) {
      parent.gone ??= new Map();
      const home = node.origin?.token ?? '';
      parent.gone.set(Array.isArray(value) ? Number(home) : home, node);
    }
    return node;
  }

  /** The node at a place, made on the way if it was not touched before. */
  #enter(tokens: readonly string[]): Traced {
    let node = this.root;
    for (const token of tokens) node = this.#child(node, token);
    node.whole = undefined;
    return node;
  }

  #child(node: Traced, token: string): Traced {
    const { value } = node;
    node.whole = undefined;
    if (Array.isArray(value)) {
      const at = arrayIndex(token) ?? 0;
      const items = itemsOf(node, value);
      const entry = items[at] ?? at;
      if (typeof entry !== 'number') return entry;
      const item = value[entry] ?? null;
      const child = traced(item, originOf(node, entry, item), false, []);
      items[at] = child;
      return child;
    }
    node.members ??= new Map();
    const known = node.members.get(token);
    if (known) return known;
    const member = memberOf(value, token) ?? null;
    const child = traced(member, originOf(node, token, member), false, []);
    node.members.set(token, child);
    return child;
  }
}
