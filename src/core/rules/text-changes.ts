import { gapsOf } from '../align/gaps.js';
import { internItems } from '../align/intern.js';
import { alignTokens } from '../align/tokens.js';
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
    const lengthOf = (start: number, end: number): number => a.slice(start, end).join('').length;
    let to = aFrom;
    let done = 0;
    for (const gap of gapsOf(alignTokens(...internItems(a, b)), b.length)) {
      let from = to + lengthOf(done, gap.aFrom);
      to = from + lengthOf(gap.aFrom, gap.aTo);
      done = gap.aTo;
      let text = b.slice(gap.bFrom, gap.bTo).join('');
      const last = changes.at(-1);
      if (last !== undefined && isBlankBetween(base, last.to, from)) {
        text = last.text + base.slice(last.to, from) + text;
        from = last.from;
        changes.pop();
      }
      changes.push({ from, to, text });
    }
  }
  return changes;
}

/** Whether two places are side by side, or have only spaces between them. */
export function isBlankBetween(text: string, from: number, to: number): boolean {
  return /^[^\S\n]*$/.test(text.slice(from, to));
}
