import type { JsonValue, MergeRule, Patch, Resolution } from '../../../src/core/index.js';

/**
 * One case of the rebase table. In the tables it is a line, `row name | base | edit | remote | value | facts`, with values as JSON, `remote`
 * for a value that is remote's, and the root pointer as `(root)`.
 *
 * A conflict is written `kind path`; `|` between kinds where the law leaves the choice; ` was path` where its place in base is another than
 * in remote; ` ops 0 2` for the operations concerned; `*` is a place the law does not fix.
 */
export interface RebaseCase {
  readonly row: number;
  readonly name: string;
  readonly base: JsonValue;
  /** The local edit. */
  readonly patch: Patch;
  readonly remote: JsonValue;
  readonly merge?: Record<string, MergeRule>;
  readonly resolutions?: Record<string, Resolution>;
  readonly inDoubt?: boolean;
  /** Left out where the law does not fix it. */
  readonly value?: JsonValue;
  /** The patch, where the law fixes it. */
  readonly emits?: Patch;
  /** Default: none. */
  readonly conflicts?: readonly string[];
  /** The three sides of the first conflict; `undefined` is missing. */
  readonly sides?: readonly [base: JsonValue | undefined, local: JsonValue | undefined, remote: JsonValue | undefined];
  readonly message?: RegExp;
  /** What was settled, as `path rule local` or `path resolver remote`. */
  readonly settled?: readonly string[];
  readonly landed?: readonly ('yes' | 'no' | 'unknown')[];
  /**
   * The other way round: remote's value as the local edit, local's as remote. Left out: the same conflicts mirrored, and the same value
   * where the case is clean, else local's whole value. `false`: the mirror law is not for this case.
   */
  readonly swapped?: false | { readonly value?: JsonValue; readonly conflicts?: readonly string[] };
  /** Whether the edit given as a value instead of a patch must come out the same. Default: where the patch only adds, removes and replaces. */
  readonly asValue?: boolean;
  /** The case is about keys that no rule declares. */
  readonly undeclared?: boolean;
}
