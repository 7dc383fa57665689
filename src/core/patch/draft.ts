import type { Side } from '../conflict.js';
import type { JsonContainer, JsonValue } from '../json.js';
import { copyOf, isContainer, setOwn } from '../json.js';
import { childOf, getAt } from '../pointer.js';

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
  for (let depth = 0; depth < tokens.length - 1; depth++) {
    const token = tokens[depth] ?? '';
    const child = childOf(container, token);
    if (!isContainer(child)) return undefined;
    const copy = own(draft, child);
    if (Array.isArray(container)) container[Number(token)] = copy;
    else if (copy !== child) setOwn(container, token, copy);
    container = copy;
  }
  return container;
}

function own(draft: Draft, container: JsonContainer): JsonContainer {
  if (draft.owned.has(container)) return container;
  const copy = Array.isArray(container) ? container.slice() : copyOf(container);
  draft.owned.add(copy);
  return copy;
}

/** Gives up the right to write to a value, because from now on something else holds it too. */
export function disown(draft: Draft, value: JsonValue): void {
  if (!isContainer(value) || !draft.owned.delete(value)) return;
  for (const child of Object.values(value)) disown(draft, child);
}

/** Where an operation reaches in the document as it is at that moment. */
export interface Place {
  /** Its tokens, with `-` read as the index it means. */
  readonly tokens: readonly string[];
  /** Whether it is a list's item: adding one shifts others and replaces nothing. */
  readonly inList: boolean;
  readonly side: Side;
}

/** Looks a place up, also one that `add` is about to fill. */
export function locate(document: JsonValue, tokens: readonly string[]): Place {
  const side = getAt(document, tokens);
  const parent = getAt(document, tokens.slice(0, -1));
  if (tokens.length === 0 || !parent.present || !Array.isArray(parent.value)) return { tokens, inList: false, side };
  return {
    tokens: tokens.at(-1) === '-' ? [...tokens.slice(0, -1), `${parent.value.length}`] : tokens,
    inList: true,
    side,
  };
}
