import type { JsonContainer, JsonObject, JsonValue, PointerPattern } from './json.js';
import { isContainer, setOwn } from './json.js';
import type { PatternCursor } from './pattern.js';
import { compilePatterns, empty, root, value as ruleAt, step } from './pattern.js';
import { childOf } from './pointer.js';
import type { MergeRule } from './rule.js';

/** A container that is being gone through. */
interface Frame {
  readonly source: JsonContainer;
  readonly keys: readonly string[];
  next: number;
  readonly cursor: PatternCursor<MergeRule>;
  readonly owned: boolean;
  readonly kept: [string, JsonValue][];
  changed: boolean;
}

/**
 * A value without what the server owns: every place whose most specific rule is `server()`, with all that is in it but for what another
 * rule names. Items leave their list; the root stays. The value itself is not changed, and given back where nothing is owned.
 */
export function withoutServerOwned(
  value: JsonValue,
  merge: { readonly [pattern: PointerPattern]: MergeRule },
): JsonValue {
  if (!isContainer(value) || !Object.values(merge).some(isServer)) return value;
  // How a list is aligned is another question than who owns it: those rules hide no owner.
  const owners = Object.entries(merge).filter(([, rule]) => !isAligning(rule));
  const top = open(value, root(compilePatterns(Object.fromEntries(owners), 'merge')), false);
  const frames = [top];
  for (let frame: Frame | undefined = top; frame !== undefined; frame = frames.at(-1)) {
    const key: string | undefined = frame.keys[frame.next++];
    if (key === undefined) {
      frames.pop();
      const parent = frames.at(-1);
      if (parent !== undefined) keep(parent, frame.owned && frame.kept.length === 0 ? undefined : close(frame));
      continue;
    }
    const child = childOf(frame.source, key);
    const cursor: PatternCursor<MergeRule> = step(frame.cursor, key);
    const rule: MergeRule | undefined = ruleAt(cursor);
    const owned: boolean = rule === undefined ? frame.owned : isServer(rule);
    if (isContainer(child) && !empty(cursor)) frames.push(open(child, cursor, owned));
    else keep(frame, owned ? undefined : child);
  }
  return close(top);
}

function isServer(rule: MergeRule): boolean {
  return typeof rule === 'object' && rule.rule === 'server';
}

function isAligning(rule: MergeRule): boolean {
  return typeof rule === 'object' && ['list', 'set', 'atomic'].includes(rule.rule);
}

function open(source: JsonContainer, cursor: PatternCursor<MergeRule>, owned: boolean): Frame {
  return { source, keys: Object.keys(source), next: 0, cursor, owned, kept: [], changed: false };
}

/** Takes what became of the child that the frame is at; `undefined`: it is left out. */
function keep(frame: Frame, child: JsonValue | undefined): void {
  const key = frame.keys[frame.next - 1] ?? '';
  if (child !== undefined) frame.kept.push([key, child]);
  frame.changed ||= child !== childOf(frame.source, key);
}

function close({ source, kept, changed }: Frame): JsonValue {
  if (!changed) return source;
  if (Array.isArray(source)) return kept.map(([, item]) => item);
  const object: JsonObject = {};
  for (const [key, member] of kept) setOwn(object, key, member);
  return object;
}
