import type { TextHunk } from '../../conflict.js';
import type { Decision, NamedRule, Sides } from '../rule.js';
import type { TextChange } from './changes.js';
import { findChanges, isBlankBetween } from './changes.js';
import type { TextUnit } from './tokens.js';
import { splitText } from './tokens.js';

/** Changes that are decided together, and base's characters that they cover. */
interface Group {
  readonly from: number;
  to: number;
  readonly local: TextChange[];
  readonly remote: TextChange[];
}

/**
 * Three-way merge of texts: changes of different places are all made, the same change on both sides once, and where the two sides changed
 * one place differently there is a conflict, with the pieces.
 *
 * Two insertions at one place are a conflict, because nothing says which comes first. So are neighbouring changes that bring in a common
 * token: it may be the same one, and would be there twice.
 */
export function mergeText(base: string, local: string, remote: string, by: TextUnit): Decision {
  const hunks: TextHunk[] = [];
  let value = '';
  let at = 0;
  for (const group of groupChanges(base, findChanges(base, local, by), findChanges(base, remote, by), by)) {
    const { from, to } = group;
    const hunk = {
      base: base.slice(from, to),
      local: rewrite(base, group, 'local'),
      remote: rewrite(base, group, 'remote'),
    };
    if (group.local.length > 0 && group.remote.length > 0 && hunk.local !== hunk.remote) hunks.push(hunk);
    value += base.slice(at, from) + (group.local.length > 0 ? hunk.local : hunk.remote);
    at = to;
  }
  return hunks.length > 0 ? { kind: 'conflict', hunks } : { kind: 'value', value: value + base.slice(at) };
}

function groupChanges(base: string, local: TextChange[], remote: TextChange[], by: TextUnit): Group[] {
  const groups: Group[] = [];
  const mine = new Set(local);
  for (const change of [...local, ...remote].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const side = mine.has(change) ? 'local' : 'remote';
    let group = groups.at(-1);
    const other = group?.[side === 'local' ? 'remote' : 'local'].at(-1);
    if (group === undefined || (change.from >= group.to && !(other !== undefined && meets(base, other, change, by)))) {
      group = { from: change.from, to: change.to, local: [], remote: [] };
      groups.push(group);
    }
    group[side].push(change);
    group.to = Math.max(group.to, change.to);
  }
  return groups;
}

/** Whether the other side's change, right before this one, may be the same or stand in its place. */
function meets(base: string, other: TextChange, change: TextChange, by: TextUnit): boolean {
  if (!isBlankBetween(base, other.to, change.from)) return false;
  const tokens = new Set(splitText(other.text, by));
  return other.from === change.to || splitText(change.text, by).some((token) => tokens.has(token) && /\S/.test(token));
}

/** What one side made of base where the group is. */
function rewrite(base: string, { from, to, ...changes }: Group, side: 'local' | 'remote'): string {
  let text = '';
  let at = from;
  for (const change of changes[side]) {
    text += base.slice(at, change.from) + change.text;
    at = change.to;
  }
  return text + base.slice(at, to);
}

/** The merged text, or the pieces that overlap. `undefined` where something else than three strings is meant. */
export function decideText({ by }: NamedRule, { base, local, remote }: Sides): Decision | undefined {
  if (!base.present || !local.present || !remote.present) return undefined;
  if (typeof base.value !== 'string' || typeof local.value !== 'string' || typeof remote.value !== 'string')
    return undefined;
  return mergeText(base.value, local.value, remote.value, by === 'line' || by === 'character' ? by : 'word');
}
