import type { ResourcePolicy } from '../options/resource-policy.js';
import { identityKey, type PlainHeaders } from './identity-key.js';

const ids = new WeakMap<object, number>();
let last = 0;

/**
 * Who shares a lane, and with it a snapshot: who asks for the same at one URL, finds its version in the same place and opens the same
 * envelope. To anybody else the value would be another document, and writing it would take the rest away.
 */
export interface Lane {
  readonly href: string;
  /** Where its version is found. */
  readonly source: string;
  readonly envelope: object | undefined;
  readonly asked: PlainHeaders;
}

export function laneOf({ href }: URL, { engine, request }: ResourcePolicy, asked: PlainHeaders): Lane {
  return { href, source: engine.codec.source, envelope: request.body, asked };
}

/** Equal for equal lanes. */
export function laneKey({ href, source, envelope, asked }: Lane): string {
  return `${href} ${source} ${envelope === undefined ? '' : idOf(envelope)} ${identityKey(asked)}`;
}

/** Functions cannot be compared, so an envelope is known by which object it is. */
function idOf(envelope: object): number {
  const known = ids.get(envelope);
  if (known !== undefined) return known;
  last += 1;
  ids.set(envelope, last);
  return last;
}
