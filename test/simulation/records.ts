import type { EditResult } from '../../src/contract/snapshot.js';
import { InDoubtError } from '../../src/errors/outcome-errors.js';
import type { Deed } from './document.js';

/** An edit, create or delete that a client was asked for. */
export interface Filed {
  /** What its idempotency keys begin with. */
  readonly id: string;
  readonly actor: number;
  readonly resource: number;
  readonly deed: Deed | { readonly kind: 'delete'; readonly version: string | undefined };
  readonly creating: boolean;
}

/** What became of it. */
export interface Outcome extends Filed {
  /** `let-go`: it ended well without landing, because the resource was gone or was adopted, or a delete kept a newer state. */
  readonly kind: 'accepted' | 'let-go' | 'failed' | 'in-doubt' | 'aborted';
  readonly error: unknown;
  readonly result: EditResult | undefined;
}

/** What somebody else did to a resource, behind all clients' backs. */
export interface Foreign {
  readonly resource: number;
  readonly token: string | undefined;
  readonly counted: number;
}

/** Why callers give up. */
export class Enough extends Error {}

/** How an edit or create that resolved has ended. */
export function kindOfResult({ version, alreadyApplied, patch }: EditResult, creating: boolean): Outcome['kind'] {
  const letGo = patch.length === 0 && ((version === undefined && !alreadyApplied) || (creating && alreadyApplied));
  return letGo ? 'let-go' : 'accepted';
}

/** A resolver may have answered 'remote' to it: then it ended well, and is not there. */
export function gaveWay(result: Outcome['result']): boolean {
  return result?.resolved.some(({ resolution }) => resolution === 'remote') ?? false;
}

export function kindOfError(error: unknown): Outcome['kind'] {
  if (error instanceof InDoubtError) return 'in-doubt';
  return error instanceof Enough ? 'aborted' : 'failed';
}
