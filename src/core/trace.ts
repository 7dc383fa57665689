import type { CompiledOperation } from './compile.js';
import type { JsonValue } from './json.js';
import { arrayIndex } from './pointer.js';
import type { Entry, Traced } from './traced.js';
import { entriesOf, isEditedInside, memberOf, operationsOf, originOf, plainOf, traced } from './traced.js';

/** A `test` of the patch, and the place of base it looked at; undefined when it looked at something the patch itself had made. */
export interface TracedTest {
  readonly index: number;
  readonly value: JsonValue;
  readonly origin: Traced['origin'];
}

/** Where a value was moved to. */
export interface TracedMove {
  readonly index: number;
  readonly node: Traced;
  readonly into: Traced;
  /** The member's name; undefined in a list. */
  readonly name: string | undefined;
}

/** A patch, carried out on its base with every value's identity kept. */
export interface Trace {
  readonly root: Traced;
  readonly tests: readonly TracedTest[];
  readonly moves: readonly TracedMove[];
}

/** Carries a patch out. It must apply to `base`: that is for the caller to know. */
export function trace(base: JsonValue, operations: readonly CompiledOperation[]): Trace {
  const run = new Tracing(base);
  for (const operation of operations) run.step(operation);
  return run;
}

class Tracing implements Trace {
  root: Traced;
  readonly tests: TracedTest[] = [];
  readonly moves: TracedMove[] = [];

  constructor(base: JsonValue) {
    this.root = traced(base, { parent: undefined, token: '', value: base }, false, []);
  }

  step(operation: CompiledOperation): void {
    const { index, tokens } = operation;
    switch (operation.op) {
      case 'add':
        this.#add(tokens, traced(operation.value, undefined, true, [index]));
        return;
      case 'replace':
        this.#replace(index, tokens, operation.value);
        return;
      case 'remove':
        this.#remove(index, tokens);
        return;
      case 'copy':
        this.#add(tokens, traced(plainOf(this.#enter(operation.from)), undefined, true, [index]));
        return;
      case 'move':
        this.#move(index, operation.from, tokens);
        return;
      case 'test': {
        const node = this.#enter(tokens);
        const untouched = !node.replaced && !isEditedInside(node);
        this.tests.push({ index, value: operation.value, origin: untouched ? node.origin : undefined });
      }
    }
  }

  #move(index: number, from: readonly string[], tokens: readonly string[]): void {
    if (from.length === tokens.length && from.every((token, at) => token === tokens[at])) return;
    const node = this.#enter(from);
    this.#remove(index, from);
    node.moved = true;
    node.ops.push(index);
    this.#add(tokens, node);
    const name = tokens.at(-1);
    const into = this.#enter(tokens.slice(0, -1));
    if (name !== undefined) this.moves.push({ index, node, into, name: Array.isArray(into.value) ? undefined : name });
  }

  #add(tokens: readonly string[], node: Traced): void {
    const token = tokens.at(-1);
    if (token === undefined) {
      this.#setRoot(node);
      return;
    }
    const parent = this.#enter(tokens.slice(0, -1));
    const { value } = parent;
    if (Array.isArray(value)) {
      const items = entriesOf(parent, value);
      items.splice(token === '-' ? items.length : (arrayIndex(token) ?? 0), 0, node);
      return;
    }
    parent.members ??= new Map();
    const before = parent.members.get(token);
    const base = memberOf(value, token);
    // What base has here is replaced, whether it was still there or had been removed before.
    if (!node.moved) {
      node.origin = base === undefined ? undefined : originOf(parent, token, base);
      node.ops.unshift(...(before ? operationsOf(before) : []), ...(parent.gone?.get(token) ?? []));
    }
    parent.members.set(token, node);
  }

  #replace(index: number, tokens: readonly string[], value: JsonValue): void {
    const node = this.#enter(tokens);
    node.ops = [...operationsOf(node), index];
    node.value = value;
    node.replaced = true;
    node.members = undefined;
    node.inner = undefined;
    node.items = undefined;
    node.gone = undefined;
  }

  #remove(index: number, tokens: readonly string[]): void {
    const token = tokens.at(-1) ?? '';
    const parent = this.#enter(tokens.slice(0, -1));
    const { value } = parent;
    parent.gone ??= new Map();
    if (!Array.isArray(value)) {
      const before = parent.members?.get(token);
      parent.gone.set(token, [...(before ? operationsOf(before) : []), index]);
      parent.members ??= new Map();
      parent.members.set(token, null);
      return;
    }
    const [entry] = entriesOf(parent, value).splice(arrayIndex(token) ?? 0, 1);
    if (entry === undefined) return;
    if (typeof entry === 'number') parent.gone.set(entry, [index]);
    else if (entry.origin !== undefined && entry.origin.parent === parent.origin) {
      parent.gone.set(Number(entry.origin.token), [...operationsOf(entry), index]);
    }
  }

  #setRoot(node: Traced): void {
    node.ops.unshift(...operationsOf(this.root));
    if (!node.moved) node.origin = this.root.origin;
    this.root = node;
  }

  #setItem(parent: Traced, at: number, node: Traced): void {
    if (parent.items === undefined) {
      parent.inner ??= new Map();
      parent.inner.set(at, node);
    } else parent.items[at] = node;
  }

  /** The node at a place, made on the way if it was not touched before. */
  #enter(tokens: readonly string[]): Traced {
    let node = this.root;
    for (const token of tokens) node = this.#child(node, token);
    return node;
  }

  #child(node: Traced, token: string): Traced {
    const { value } = node;
    if (Array.isArray(value)) {
      const at = arrayIndex(token) ?? 0;
      const entry: Entry = node.items === undefined ? (node.inner?.get(at) ?? at) : (node.items[at] ?? at);
      if (typeof entry !== 'number') return entry;
      const item = value[entry] ?? null;
      const child = traced(item, originOf(node, entry, item), false, []);
      this.#setItem(node, at, child);
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
