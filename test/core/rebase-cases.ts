import type { Operation } from 'fast-json-patch';
import type { Resolution } from '../../src/core/conflict.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import type { MergeRule } from '../../src/core/rule.js';

/**
 * One line of the rebase table as data.
 *
 * A conflict is written `kind path`; `|` between kinds where the law leaves the choice; ` was path` where its place in base is another than
 * in remote; ` ops 0 2` for the operations concerned. The root is `(root)`; `*` is a place the law does not fix.
 */
export interface RebaseCase {
  readonly row: number;
  readonly name: string;
  readonly base: JsonValue;
  /** The local edit as operations, or as the value it led to. */
  readonly patch?: Patch;
  readonly local?: JsonValue;
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
}

export const add = (path: string, value: JsonValue): Operation => ({ op: 'add', path, value });
export const put = (path: string, value: JsonValue): Operation => ({ op: 'replace', path, value });
export const cut = (path: string): Operation => ({ op: 'remove', path });
export const move = (from: string, path: string): Operation => ({ op: 'move', from, path });
export const copy = (from: string, path: string): Operation => ({ op: 'copy', from, path });
export const check = (path: string, value: JsonValue): Operation => ({ op: 'test', path, value });

/** Items with these ids and nothing else. */
export const ids = (...list: readonly (number | string)[]): JsonValue[] => list.map((id) => ({ id }));

/** JSON text for documents whose names an object literal would not take for data. */
export const parse = (text: string): JsonValue => JSON.parse(text);
