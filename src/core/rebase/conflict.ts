import { assertJson, cloneJson } from '../assert-json.js';
import type { ConflictKind, MergeConflict, Resolution, Side } from '../conflict.js';
import type { Change } from '../diff/change.js';
import { changeOf, wholeOf } from '../diff/change.js';
import type { Pointer } from '../json.js';
import { value as ruleOf } from '../pattern.js';
import { decideByRule } from '../rules/decide.js';
import { hintFor } from './image.js';
import type { MergePlace } from './place.js';
import { basePointer, remotePointer } from './place.js';
import type { Clash, Maybe, Run } from './run.js';
import { aside } from './run.js';
import type { Traced } from './traced.js';
import { operationsOf } from './traced.js';

/** A disagreement over something that local has. */
export function clashOf(kind: ConflictKind, place: MergePlace, base: Maybe, node: Traced, remote: Maybe): Clash {
  return { kind, place, base, local: wholeOf(node), remote, operations: operationsOf(node) };
}

/** What stands at a place if a side is chosen; `undefined`: nothing. */
export interface Outcomes {
  readonly local: () => Change | undefined;
  /** Finds what would be told besides, were local's side chosen: two disagreements are told at once, and not one after the other. */
  readonly besides?: (aside: Run) => void;
  readonly remote: () => Change | undefined;
}

/** Settles a clash by rule, then by a given resolution; else it stays open and remote keeps its value. */
export function settle(run: Run, clash: Clash, outcomes: Outcomes): Change | undefined {
  const answer = answerTo(run, clash);
  if (answer === undefined) outcomes.besides?.(aside(run));
  if (answer === undefined || answer === 'remote') return outcomes.remote();
  if (answer === 'local') return outcomes.local();
  if (answer === 'remove') return undefined;
  const value = answer === 'base' ? clash.base : answer.value;
  return value === undefined ? undefined : changeOf(value, 'new');
}

/** What settles a clash; `undefined`: nothing, it is told. */
export function answerTo(run: Run, clash: Clash): Resolution | undefined {
  // What is only asked is told to nobody.
  if (run.evidence !== undefined || run.covered.length > 0) return 'local';
  let conflict = describe(run, clash);
  const rule = ruleOf(clash.place.decide);
  if (typeof rule === 'object') {
    const { base, local, remote } = conflict;
    const decided = decideByRule(rule, { base, local, remote });
    if (decided?.kind === 'value') return close(run, conflict, 'rule', { value: decided.value });
    if (decided?.kind === 'resolution') return close(run, conflict, 'rule', decided.resolution);
    if (decided?.hunks !== undefined) conflict = { ...conflict, hunks: decided.hunks };
  } else {
    const ruled = typeof rule === 'function' ? ownCopy(rule(conflict)) : rule === 'manual' ? undefined : rule;
    if (ruled !== undefined) return close(run, conflict, 'rule', ruled);
  }
  const answer = givenTo(run, conflict);
  if (answer !== undefined) return close(run, conflict, 'resolver', answer);
  if (!run.conflicts.some(({ basePath }) => basePath === conflict.basePath)) run.conflicts.push(conflict);
  return undefined;
}

/** An answer belongs to one conflict, by its place in base. Its place in remote names it only where nothing else has that name. */
function givenTo(run: Run, { basePath, path }: MergeConflict): Resolution | undefined {
  const { resolutions } = run;
  if (Object.hasOwn(resolutions, basePath)) return resolutions[basePath];
  if (!Object.hasOwn(resolutions, path)) return undefined;
  const others = run.names().filter((other) => other.basePath !== basePath);
  return others.some((other) => other.path === path || other.basePath === path) ? undefined : resolutions[path];
}

/** What a rule gives stays its author's. */
function ownCopy(resolution: Resolution | undefined): Resolution | undefined {
  if (typeof resolution !== 'object') return resolution;
  assertJson(resolution.value, 'the { value } that a merge rule gives');
  return { value: cloneJson(resolution.value) };
}

function close(run: Run, conflict: MergeConflict, by: 'rule' | 'resolver', resolution: Resolution): Resolution {
  // A move may meet one and the same disagreement at both its ends.
  if (!run.resolved.some(({ basePath }) => basePath === conflict.basePath))
    run.resolved.push({ ...conflict, by, resolution });
  return resolution;
}

function describe(run: Run, { kind, place, operations, ...sides }: Clash): MergeConflict {
  const path = remotePointer(place);
  const isGone = (kind === 'modify-delete' || kind === 'move') && sides.remote === undefined;
  // The side that has it no more may have it elsewhere.
  const other = isGone ? run.remote : kind === 'delete-modify' ? wholeOf(run.local) : undefined;
  const hint = other === undefined || sides.base === undefined ? undefined : hintFor(run, sides.base, place, other);
  return {
    kind,
    path,
    basePath: basePointer(place),
    base: side(sides.base),
    local: side(sides.local),
    remote: side(sides.remote),
    operations,
    message: messageOf(kind, path, hint),
  };
}

function side(value: Maybe): Side {
  return value === undefined ? { present: false } : { present: true, value };
}

/** What both sides did to a place. */
const WHAT: { readonly [kind in ConflictKind]: string } = {
  value: 'was changed differently here and on the server',
  'add-add': 'was added here and on the server, with different values',
  'modify-delete': 'was changed here and deleted on the server',
  'delete-modify': 'was deleted here and changed on the server',
  'type-change': 'was changed here and on the server, and is not the same kind of value any more',
  'test-failed': 'is not what the edit expects there',
  move: 'was moved here, and is not on the server any more',
  order: 'was moved to different places here and on the server',
  'ambiguous-array': 'is in a list that the server changed too, and which item is which cannot be told',
};

/** The same of what may be at another place now. */
const GONE: { readonly [kind in ConflictKind]?: string } = {
  'modify-delete': 'was changed here, and is not there on the server any more',
  'delete-modify': 'was changed on the server, and is not there any more here',
};

/** One sentence for a person: what both sides did, and where. */
function messageOf(kind: ConflictKind, path: Pointer, hint?: Pointer): string {
  const place = path === '' ? 'The whole document' : `"${path}"`;
  if (hint === undefined) return `${place} ${WHAT[kind]}.`;
  return `${place} ${GONE[kind] ?? WHAT[kind]}. It may be at "${hint}" now.`;
}
