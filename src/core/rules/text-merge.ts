import type { TextHunk } from '../conflict.js';
import type { Decision } from './decision.js';
import type { TextChange } from './text-changes.js';
import { findChanges, isBlankBetween } from './text-changes.js';
import type { TextUnit } from './text-tokens.js';
import { splitText } from './text-tokens.js';

type Change = TextChange & { readonly side: 'local' | 'remote' };

/** Changes that are decided together, and base's characters that they cover. */
interface Group {
  readonly from: number;
  to: number;
  readonly changes: Change[];
}

/**
 * Three-way merge of texts: changes of different places are all made, the same change on both sides once, and where the two sides changed
 * one place differently there is a conflict, with the pieces.
 *
 * Two insertions at one place are a conflict, because nothing says which comes first. So are neighbouring changes that bring in a common
 * token: it may be the same one, and would be there twice.
 */
export function mergeText(base: string, local: string, remote: string, by: TextUnit): Decision {
  const sided = (after: string, side: Change['side']): Change[] =>
    findChanges(base, after, by).map((change) => ({ ...change, side }));
  const hunks: TextHunk[] = [];
  let merged = '';
  let at = 0;
  for (const { from, to, changes } of groupChanges(base, [...sided(local, 'local'), ...sided(remote, 'remote')], by)) {
    const piece: TextHunk = {
      base: base.slice(from, to),
      local: rewrite(base, changes, 'local'),
      remote: rewrite(base, changes, 'remote'),
    };
    const sides = new Set(changes.map(({ side }) => side));
    if (sides.size > 1 && piece.local !== piece.remote) hunks.push(piece);
    merged += base.slice(at, from) + (sides.has('local') ? piece.local : piece.remote);
    at = to;
  }
  return hunks.length > 0 ? { kind: 'conflict', hunks } : { kind: 'value', value: merged + base.slice(at) };
}

function groupChanges(base: string, changes: Change[], by: TextUnit): Group[] {
  const groups: Group[] = [];
  for (const change of changes.sort((a, b) => a.from - b.from || a.to - b.to)) {
    const group = groups.at(-1);
    if (group !== undefined && (change.from < group.to || meets(base, group, change, by))) {
      group.changes.push(change);
      group.to = Math.max(group.to, change.to);
    } else {
      groups.push({ from: change.from, to: change.to, changes: [change] });
    }
  }
  return groups;
}

/** Whether a change beside those of a group may be the same as the other side's there, or stand in its place. */
function meets(base: string, group: Group, change: Change, by: TextUnit): boolean {
  const other = group.changes.findLast(({ side }) => side !== change.side);
  if (other === undefined || !isBlankBetween(base, other.to, change.from)) return false;
  if (other.from === change.to) return true;
  const tokens = new Set(splitText(other.text, by));
  return splitText(change.text, by).some((token) => tokens.has(token) && token.trim() !== '');
}

/** What one side made of base where these changes are. */
function rewrite(base: string, changes: readonly Change[], side: Change['side']): string {
  const [first] = changes;
  let at = first?.from ?? 0;
  let text = '';
  let to = at;
  for (const change of changes) {
    to = Math.max(to, change.to);
    if (change.side !== side) continue;
    text += base.slice(at, change.from) + change.text;
    at = change.to;
  }
  return text + base.slice(at, to);
}
