import type { Tree } from '../diff/change.js';
import { childrenOf, isTouchedInside } from '../diff/change.js';
import type { JsonValue } from '../json.js';

/** A place of the base document: how a value is known again wherever an edit has put it. */
export interface Origin {
  readonly parent: Origin | undefined;
  /** Its name or index in the parent, in base. */
  readonly token: string;
  readonly value: JsonValue;
}

/** A value of the local document that an edit has touched, and where it came from. Only touched places have one. */
export interface Traced extends Tree<Traced> {
  /** The place of base it stands for; undefined for what base lacks. */
  origin: Origin | undefined;
  /** `value` is not what base has at `origin`. */
  replaced: boolean;
  /** An operation has moved it. */
  moved: boolean;
  /** The operations that set, moved or removed it as a whole. */
  ops: number[];
  /** What base has in here and local took out or away, by its name or index in base. */
  gone: Map<string | number, Traced> | undefined;
  /** What it was before it was replaced: something may have been moved out of that. */
  before: Traced | undefined;
  /** The place of base that it was copied from. */
  copied: Origin | undefined;
}

/** A fresh node. */
export function traced(value: JsonValue, origin: Origin | undefined, replaced: boolean, ops: number[]): Traced {
  return {
    value,
    origin,
    replaced,
    moved: false,
    ops,
    members: undefined,
    items: undefined,
    whole: undefined,
    gone: undefined,
    before: undefined,
    copied: undefined,
  };
}

/** Whether its children stand for places of base. */
export function isFromBase(node: Traced): boolean {
  return !node.replaced && node.origin !== undefined;
}

/** Whether a child stands in the container where base has it. */
export function isAtHome(parent: Traced, child: Traced): boolean {
  return (
    child.origin !== undefined &&
    child.origin.parent !== undefined &&
    child.origin.parent === parent.origin &&
    !parent.replaced
  );
}

/** Whether it was moved to where it is. */
export function isArrival(node: Traced): boolean {
  return node.moved && node.origin !== undefined;
}

/** The base place of a child, for a node that still is what base has. */
export function originOf(node: Traced, token: string | number, value: JsonValue): Origin | undefined {
  return isFromBase(node) ? { parent: node.origin, token: `${token}`, value } : undefined;
}

/** It and everything in it that was touched. */
export function nodesOf(node: Traced, found: Set<Traced> = new Set()): Set<Traced> {
  found.add(node);
  for (const child of childrenOf(node)) nodesOf(child, found);
  return found;
}

/** What of base stood where it stands, as far as local had changed it by then. */
export function beforeOf(node: Traced): Traced {
  return node.before ?? node;
}

/** All operations that touched it or anything in it. */
export function operationsOf(node: Traced): number[] {
  const found = new Set<number>();
  for (const next of nodesOf(node)) {
    for (const op of next.ops) found.add(op);
    for (const left of next.gone?.values() ?? []) for (const op of left.ops) found.add(op);
  }
  return [...found].sort((a, b) => a - b);
}

/** Whether it is not what base has, or something inside it is not. */
export function isEdited(node: Traced): boolean {
  return node.replaced || isTouchedInside(node);
}

/** What local had made of a child of base's before it replaced the whole. */
export function leftAt({ before, ops }: Traced, name: string | number): Traced | undefined {
  const child =
    typeof name === 'string'
      ? before?.members?.get(name)
      : before?.items?.find((item) => typeof item === 'object' && item.origin?.token === `${name}`);
  return before?.gone?.get(name) ?? (typeof child === 'object' && child !== null ? { ...child, ops } : undefined);
}
