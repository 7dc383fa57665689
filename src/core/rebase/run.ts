import type { Siblings } from '../align/keys.js';
import { siblingsIn } from '../align/keys.js';
import type { ListAlignment } from '../align/lists.js';
import type { ConflictKind, MergeConflict, Resolution, ResolvedConflict } from '../conflict.js';
import type { Different } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { isTouchedInside, wholeOf } from '../diff/change.js';
import type { JsonValue, Pointer } from '../json.js';
import type { MergeRules } from '../rules/merge-rules.js';
import type { MergePlace } from './place.js';
import type { Trace } from './trace.js';
import type { Origin, Traced } from './traced.js';
import { nodesOf } from './traced.js';

/** Where something of base is in remote, and what it is there. */
export interface Image {
  readonly value: JsonValue;
  readonly tokens: readonly string[];
  /** It is in another list than the one that is its list's image. */
  readonly isElsewhere: boolean;
}

/** A value, or undefined for "not there". */
export type Maybe = JsonValue | undefined;

/** A disagreement, before anybody has settled it. */
export interface Clash {
  readonly kind: ConflictKind;
  readonly place: MergePlace;
  readonly base: Maybe;
  readonly local: Maybe;
  readonly remote: Maybe;
  readonly operations: readonly number[];
}

/** An edit that is to be made again on top of remote, and how. */
export interface Task {
  readonly base: JsonValue;
  readonly remote: JsonValue;
  readonly rules: MergeRules;
  readonly resolutions: Readonly<Record<Pointer, Resolution>>;
  /** It may have landed: equal inserts are then ours. */
  readonly inDoubt: boolean;
  /** Replacing the whole document is one change, and not many found by comparing. */
  readonly wholeIsOne: boolean;
}

/** Something of base that stands at another place in remote than its container, and what becomes of it there. */
export interface Elsewhere {
  readonly tokens: readonly string[];
  /** null: local removed it. */
  readonly change: Change | null;
}

/** A container that goes, or what comes in the place of something. */
export interface Waiting {
  /** What has to arrive elsewhere first. */
  readonly out: readonly Traced[];
  /** What has to make room; undefined: what waits goes itself. */
  readonly goes: Change | undefined;
  /** What is to be told if it is settled that it does not arrive; undefined: nothing is lost then. */
  readonly clash: Clash | undefined;
}

/** The ways of merging, which call each other: handed around, so that their files need not. */
export interface Merging {
  /** One value that base and local both have; `undefined`: it is gone. `remote` undefined: removed there. */
  readonly value: (run: Run, base: JsonValue, local: Traced, remote: Maybe, place: MergePlace) => Change | undefined;
  /** Local removed what remote still has. */
  readonly removal: (
    run: Run,
    left: Traced,
    base: JsonValue,
    remote: JsonValue,
    place: MergePlace,
  ) => Change | undefined;
  /** Local removed something, or moved it away. */
  readonly takeOut: (run: Run, left: Traced, base: Maybe, remote: Maybe, place: MergePlace) => Change | undefined;
  /** Both put something here. */
  readonly meet: (run: Run, child: Traced, base: Maybe, remote: JsonValue, place: MergePlace) => Change | undefined;
  /** The whole value as local has it, by an answer, which covers whatever is in it. */
  readonly covered: (run: Run, local: Traced, place?: MergePlace) => Change;
}

/** What the parts of an edit say one by one of whether it landed. */
export interface Evidence {
  yes: boolean;
  no: boolean;
}

/** What one merge finds out on its way. */
export interface Run extends Task {
  readonly merging: Merging;
  readonly local: Traced;
  /** Everything touched that is in the local document. What was taken out of its container and is in here was moved. */
  readonly present: ReadonlySet<Traced>;
  /** Touched lists by what base has there. */
  readonly lists: ReadonlyMap<JsonValue, Traced>;
  readonly conflicts: MergeConflict[];
  readonly resolved: ResolvedConflict[];
  /** Answers by the path in remote name a conflict only where no other has it: which ones there are. */
  readonly names: () => readonly MergeConflict[];
  readonly different: Different;
  readonly alignments: Map<readonly JsonValue[], Map<readonly JsonValue[], ListAlignment>>;
  readonly images: Map<Origin, Image | undefined>;
  /** The lists that an item may have left its own for, on each side. */
  readonly siblings: { readonly [side in 'base' | 'local' | 'remote']: (path: readonly string[]) => Siblings };
  /** Lists of base that remote has carried away from beside each other, by the place of the one they were beside. */
  readonly carried: Map<string, Siblings>;
  /** Values of remote that leave their place if what local moved arrives. */
  readonly leaving: Map<Change, Traced>;
  /** What waits for what local moved out of its place to arrive elsewhere. */
  readonly waits: Map<Change, Waiting>;
  /** What has arrived where local moved it to; undefined: it does not. */
  readonly arrived: Map<Traced, Change | undefined>;
  /** What local moved and remote has where it was moved to, or that an answer has taken out: it leaves its place in any case. */
  readonly settled: Set<Traced>;
  readonly elsewhere: Elsewhere[];
  /** Remote has something of the edit already, so not all of it is to be sent. */
  isThere: boolean;
  /** When in doubt, what remote says of the edit is asked first: nothing that is merged on that way is kept. */
  readonly evidence: Evidence | undefined;
  /** What was answered as a whole: that covers what is found in it. */
  covered: readonly Traced[];
  /** How much of remote was searched for the sake of messages. */
  readonly searched: { count: number };
}

/** A merge at its beginning. */
export function openRun(merging: Merging, task: Task, { root }: Trace, names: Run['names'], evidence?: Evidence): Run {
  const present = nodesOf(root);
  const lists = new Map<JsonValue, Traced>();
  for (const node of present)
    if (node.origin !== undefined && Array.isArray(node.origin.value)) lists.set(node.origin.value, node);
  return {
    merging,
    ...task,
    local: root,
    present,
    lists,
    conflicts: [],
    resolved: [],
    names,
    different: new Map(),
    alignments: new Map(),
    images: new Map(),
    siblings: {
      base: siblingsIn(() => task.base, task.rules.align),
      local: siblingsIn(() => wholeOf(root), task.rules.align, true),
      remote: siblingsIn(() => task.remote, task.rules.align),
    },
    carried: new Map(),
    leaving: new Map(),
    waits: new Map(),
    arrived: new Map(),
    settled: new Set(),
    elsewhere: [],
    isThere: false,
    evidence,
    covered: [],
    searched: { count: 0 },
  };
}

/** The same merge, of which nothing is kept but what it tells. */
export function aside(run: Run): Run {
  const made = { arrived: new Map(), leaving: new Map(), waits: new Map() };
  return { ...run, ...made, settled: new Set(), elsewhere: [] };
}

/** Remote shows a part of the edit, or has what base has in its place. */
export function tell({ evidence }: Run, isThere: boolean): void {
  if (evidence === undefined) return;
  if (isThere) evidence.yes = true;
  else evidence.no = true;
}

/** Whether anything becomes of a value of remote's, or may, once it is known what has arrived. */
export function isTouched({ leaving, waits }: Run, change: Change): boolean {
  return change.was !== 'here' || isTouchedInside(change) || leaving.has(change) || waits.has(change);
}
