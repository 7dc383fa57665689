import type { ListAlignment } from './align-by-key.js';
import { assertJson, cloneJson } from './assert-json.js';
import type { ConflictKind, MergeConflict, Resolution, ResolvedConflict, Side, TextHunk } from './conflict.js';
import type { Job } from './job.js';
import type { JsonValue, Pointer } from './json.js';
import type { MergeRules } from './merge-rules.js';
import { messageOf } from './messages.js';
import { value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { basePointer, remotePointer } from './place-in-merge.js';
import { decideByRule } from './rules/value-rules.js';
import type { Traced } from './traced.js';
import { operationsOf } from './traced.js';

/** A value, or undefined for "not there". */
export type Maybe = JsonValue | undefined;

/** What becomes of a value that local moved from one container to another. */
export type Fate =
  /** It goes where local put it, with remote's edits to it. */
  | { readonly kind: 'travels' }
  /** This stands where local put it. */
  | { readonly kind: 'here'; readonly value: Maybe }
  /** Remote's own value stands there. */
  | { readonly kind: 'elsewhere' };

/** The ways of merging, which call each other: handed around, so that their files need not. */
export interface Merging {
  /** One value that base and local both have. `remote` undefined: removed there. */
  readonly value: (run: MergeRun, base: JsonValue, local: Traced, remote: Maybe, place: MergePlace) => Job<Maybe>;
  /** What local added and base lacks. */
  readonly added: (run: MergeRun, local: Traced, remote: Maybe, place: MergePlace) => Job<Maybe>;
  /** What an added value is, with remote's edits to whatever was moved into it. */
  readonly addition: (run: MergeRun, local: Traced) => Job<Maybe>;
}

/** What one merge finds out on its way. */
export interface MergeRun {
  readonly rules: MergeRules;
  readonly resolutions: Readonly<Record<Pointer, Resolution>>;
  readonly inDoubt: boolean;
  /** Replacing the whole document is one change, and not many found by comparing. */
  readonly wholeIsOne: boolean;
  readonly conflicts: MergeConflict[];
  readonly resolved: ResolvedConflict[];
  /** Operations that must not be sent as they are: remote has their effect already, or keeps its own. */
  readonly dropped: Set<number>;
  /** What remote shows of an edit that may have landed. */
  readonly evidence: { yes: boolean; no: boolean; open: boolean };
  /** Alignments by base list, then by remote list: each is made once. */
  readonly alignments: Map<readonly JsonValue[], Map<readonly JsonValue[], ListAlignment>>;
  readonly merging: Merging;
  readonly base: JsonValue;
  readonly remote: JsonValue;
  /** Operations of moves that happen, and of those whose source stays. */
  readonly moving: Set<number>;
  /** Moves that turned out to have nowhere to go, by operation. */
  readonly blocked: ReadonlySet<number>;
  readonly staying: Set<number>;
  readonly fates: Map<Traced, Fate>;
  /** Values that were settled before their turn, because a move hung on them. */
  readonly decided: Map<Traced, Settled>;
}

/** A disagreement, before anybody has settled it. */
export interface Clash {
  readonly kind: ConflictKind;
  readonly place: MergePlace;
  readonly base: Maybe;
  readonly local: Maybe;
  readonly remote: Maybe;
  readonly operations: readonly number[];
  readonly hunks?: readonly TextHunk[];
  /** Where remote has probably put it. */
  readonly hint?: Pointer | undefined;
}

/** How a clash ended: what stands at its place, and whether that is local's own doing. */
export interface Settled {
  readonly value: Maybe;
  readonly open: boolean;
}

/** Settles a clash by rule, then by a given resolution; else it stays open and remote keeps its value. */
export function settle(run: MergeRun, clash: Clash): Settled {
  const conflict = describe(clash);
  run.evidence.open = true;
  const rule = ruleOf(clash.place.decide);
  if (typeof rule === 'object') {
    const { base, local, remote } = conflict;
    const decided = decideByRule(rule, { base, local, remote });
    if (decided?.kind === 'value') return finish(run, clash, conflict, 'rule', { value: decided.value });
    if (decided?.kind === 'resolution') return finish(run, clash, conflict, 'rule', decided.resolution);
    if (decided?.hunks !== undefined) return byAnswer(run, clash, { ...conflict, hunks: decided.hunks });
  }
  const ruled =
    typeof rule === 'function' ? ownCopy(rule(conflict)) : rule === 'local' || rule === 'remote' ? rule : undefined;
  if (ruled !== undefined) return finish(run, clash, conflict, 'rule', ruled);
  return byAnswer(run, clash, conflict);
}

/** What a rule gives stays its author's. */
function ownCopy(resolution: Resolution | undefined): Resolution | undefined {
  if (typeof resolution !== 'object') return resolution;
  assertJson(resolution.value, 'the { value } that a merge rule gives');
  return { value: cloneJson(resolution.value) };
}

function byAnswer(run: MergeRun, clash: Clash, conflict: MergeConflict): Settled {
  const { basePath, path } = conflict;
  const answer = own(run.resolutions, basePath) ?? own(run.resolutions, path);
  if (answer !== undefined) return finish(run, clash, conflict, 'resolver', answer);
  // A move may meet one and the same disagreement at both its ends.
  if (!run.conflicts.some((known) => known.basePath === basePath)) run.conflicts.push(conflict);
  for (const op of clash.operations) run.dropped.add(op);
  return { value: clash.remote, open: true };
}

function finish(
  run: MergeRun,
  clash: Clash,
  conflict: MergeConflict,
  by: 'rule' | 'resolver',
  answer: Resolution,
): Settled {
  run.resolved.push({ ...conflict, by, resolution: answer });
  const value = chosen(clash, answer);
  if (value === clash.remote) for (const op of clash.operations) run.dropped.add(op);
  return { value, open: false };
}

function chosen(clash: Clash, answer: Resolution): Maybe {
  if (answer === 'local') return clash.local;
  if (answer === 'remote') return clash.remote;
  if (answer === 'base') return clash.base;
  return answer === 'remove' ? undefined : answer.value;
}

function describe(clash: Clash): MergeConflict {
  const { kind, place, hunks, operations } = clash;
  const path = remotePointer(place);
  return {
    kind,
    path,
    basePath: basePointer(place),
    ...(hunks === undefined ? {} : { hunks }),
    base: side(clash.base),
    local: side(clash.local),
    remote: side(clash.remote),
    operations,
    message: messageOf(kind, path, clash.hint),
  };
}

function side(value: Maybe): Side {
  return value === undefined ? { present: false } : { present: true, value };
}

function own(table: Readonly<Record<string, Resolution>>, key: string): Resolution | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A merge at its beginning. */
export function openRun(
  merging: Merging,
  base: JsonValue,
  remote: JsonValue,
  rules: MergeRules,
  resolutions: Readonly<Record<Pointer, Resolution>>,
  { inDoubt, wholeIsOne, blocked }: Pick<MergeRun, 'inDoubt' | 'wholeIsOne' | 'blocked'>,
): MergeRun {
  return {
    merging,
    base,
    remote,
    rules,
    resolutions,
    inDoubt,
    wholeIsOne,
    conflicts: [],
    resolved: [],
    dropped: new Set(),
    evidence: { yes: false, no: false, open: false },
    alignments: new Map(),
    moving: new Set(),
    blocked,
    staying: new Set(),
    fates: new Map(),
    decided: new Map(),
  };
}

/** Remote's stands, and the operations that would change it are not sent. */
export function dropped(run: MergeRun, local: Traced, remote: Maybe): Maybe {
  for (const op of operationsOf(local)) run.dropped.add(op);
  return remote;
}
