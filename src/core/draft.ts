import type { JsonContainer, JsonValue } from './json.js';
import { hasOwn, isContainer, setOwn } from './json.js';
import { arrayIndex } from './pointer.js';

/**
 * A document that is being changed without its original being touched: containers are copied when first written to,
 * each once, so a thousand operations on one array copy it once.
 */
export interface Draft {
  root: JsonValue;
  /** The containers that exist only in this draft. Whatever holds one is in here too. */
  readonly owned: Set<JsonContainer>;
}

/** Starts a draft of a document. */
export function openDraft(document: JsonValue): Draft {
  return { root: document, owned: new Set() };
}

/** The container that holds the place `tokens`, made writable together with everything above it. `undefined` where there is none. */
export function writableParent(draft: Draft, tokens: readonly string[]): JsonContainer | undefined {
  if (!isContainer(draft.root)) return undefined;
  let container = own(draft, draft.root);
  draft.root = container;
  for (let at = 0; at < tokens.length - 1; at++) {
    const token = tokens[at] ?? '';
    const child = Array.isArray(container) ? ownItem(draft, container, token) : ownMember(draft, container, token);
    if (child === undefined) return undefined;
    container = child;
  }
  return container;
}

function ownItem(draft: Draft, array: JsonValue[], token: string): JsonContainer | undefined {
  const index = arrayIndex(token);
  const item = index === undefined ? undefined : array[index];
  if (index === undefined || !isContainer(item)) return undefined;
  const copy = own(draft, item);
  array[index] = copy;
  return copy;
}

function ownMember(draft: Draft, object: Exclude<JsonContainer, JsonValue[]>, token: string): JsonContainer | undefined {
  const member = hasOwn(object, token) ? object[token] : undefined;
  if (!isContainer(member)) return undefined;
  const copy = own(draft, member);
  if (copy !== member) setOwn(object, token, copy);
  return copy;
}

function own(draft: Draft, container: JsonContainer): JsonContainer {
  if (draft.owned.has(container)) return container;
  // Spreading defines members instead of assigning them, so an own `__proto__` stays data.
  const copy = Array.isArray(container) ? container.slice() : { ...container };
  draft.owned.add(copy);
  return copy;
}

/** Gives up the right to write to a value, because from now on something else holds it too. */
export function disown(draft: Draft, value: JsonValue): void {
  const pending: JsonValue[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isContainer(next) || !draft.owned.delete(next)) continue;
    for (const child of Object.values(next)) if (isContainer(child)) pending.push(child);
  }
}
