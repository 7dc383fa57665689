import type { Made } from './book.js';
import type { Doc } from './deeds.js';
import { traceOf, tracesOf } from './deeds.js';

/** Notes what an edit is made on. */
export function note(made: Made, doc: Doc, now: number): void {
  made.seenAt = now;
  const { deed } = made;
  const trace = traceOf(deed);
  // Nothing is there that it could be done to.
  if ('item' in deed && !doc.items.some(({ id }) => id === deed.item)) made.isGivenUp = true;
  if ('slot' in trace) made.seen = tracesOf(doc).slots.get(trace.slot);
}

/** Of two that count, the earlier one: entries are made in the order of the calls. */
export function isPatchOf({ deed }: Made, patch: string): boolean {
  if ('token' in deed) return patch.includes(deed.token);
  if (deed.kind === 'count') return patch.includes('"/views"');
  return deed.kind === 'delete' ? patch === '[]' : patch.includes('"remove"') || patch.includes('"/items"');
}

export function namesOf(all: readonly Made[]): string {
  return all.map(({ name }) => name).join(' ');
}

/** What a person writes over who was asked. Of a list, where what was made on something that is lost cannot be told from that, everything. */
export function decide(decided: Set<string>, remote: unknown): void {
  decided.add(String(Object(remote).t ?? remote));
  for (const item of Array.isArray(remote) ? remote : [])
    decided.add(item?.id === undefined ? String(item) : `items.${item.id}`);
}

export function isNamedIn({ deed }: Made, text: string): boolean {
  if ('token' in deed) return text.includes(deed.token);
  return deed.kind === 'remove' ? text.includes(`"${deed.item}"`) : deed.kind === 'delete';
}

/** It shows, or what was made on top of it. */
export function shows(value: unknown, made: Made, all: readonly Made[]): boolean {
  const { slots, bag } = tracesOf(Object(value));
  const trace = traceOf(made.deed);
  // What shows before the first read may have counted it twice: its digit runs over.
  if (made.deed.kind === 'count') return Object(value).views >= 4 ** made.deed.digit;
  // Two that were made in one list without knowing of each other may collide: then the later one shows, and a person is asked.
  if ('bag' in trace) return (bag.get(trace.bag) ?? 0) > 0 || all.some((other) => isMadeApart(other, made));
  const is = slots.get(trace.slot);
  if (is === trace.holds) return true;
  return all.some((other) => {
    const its = traceOf(other.deed);
    return (
      other.path === made.path &&
      'slot' in its &&
      its.slot === trace.slot &&
      its.holds === is &&
      other.process !== undefined
    );
  });
}

function isMadeApart(other: Made, made: Made): boolean {
  const isPending = other.process !== undefined && other.landed === 0;
  // A draft knows nothing of what its own page has queued.
  const isApart = other.process !== made.process || other.isTyped !== made.isTyped;
  return isPending && other.path === made.path && isApart && other.deed.kind === made.deed.kind;
}
