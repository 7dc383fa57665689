import { gapsOf } from '../sequence-gaps.js';
import { internItems } from '../sequence-intern.js';
import { alignTokens } from '../sequence-tokens.js';
import type { TextUnit } from './text-tokens.js';
import { splitText } from './text-tokens.js';
import { findWindows } from './text-windows.js';

/** Instead of base's characters from `from` to before `to`, this text. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** How a text was made from base, from left to right. Changes with nothing but spaces between them are one: a phrase was rewritten. */
export function findChanges(base: string, after: string, by: TextUnit): TextChange[] {
  const changes: TextChange[] = [];
  for (const { aFrom, aTo, bFrom, bTo } of findWindows(base, after, by)) {
    const a = splitText(base.slice(aFrom, aTo), by);
    const b = splitText(after.slice(bFrom, bTo), by);
    let at = aFrom;
    let index = 0;
    for (const gap of gapsOf(alignTokens(...internItems(a, b)), b.length)) {
      const from = at + lengthOf(a, index, gap.aFrom);
      const to = from + lengthOf(a, gap.aFrom, gap.aTo);
      at = to;
      index = gap.aTo;
      const text = b.slice(gap.bFrom, gap.bTo).join('');
      const last = changes.at(-1);
      if (last === undefined || !isBlankBetween(base, last.to, from)) changes.push({ from, to, text });
      else changes.splice(-1, 1, { from: last.from, to, text: last.text + base.slice(last.to, from) + text });
    }
  }
  return changes;
}

/** Whether two places are side by side, or have only spaces between them. */
export function isBlankBetween(text: string, from: number, to: number): boolean {
  return from === to || /^[^\S\n]*$/.test(text.slice(from, to));
}

function lengthOf(tokens: readonly string[], from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) length += tokens[at]?.length ?? 0;
  return length;
}
