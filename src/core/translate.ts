import type { ListAlignment } from './align-by-key.js';
import type { CompiledOperation } from './compile.js';
import type { JsonValue } from './json.js';
import { arrayIndex, childOf, formatPointer, isAtOrBelow } from './pointer.js';

/** One value as local and remote have it while operations are carried over, or what stands for both of them where it is new. */
interface Twin {
  readonly base: JsonValue | undefined;
  readonly remote: JsonValue | undefined;
  readonly aligned: ListAlignment | undefined;
  /** Members, and items by their identity. */
  readonly children: Map<string | number, Twin>;
  /** The items' identities in order, in local and in remote: base index, negative for remote's own, large for new ones. */
  local: number[] | undefined;
  theirs: number[] | undefined;
}

/** Where identities of new items begin: beyond every index. */
const FIRST_NEW = 2 ** 32;

/**
 * Carries operations over from base to remote one by one, each at its place there and otherwise as the caller wrote it.
 * Undefined where one has no place in remote. Nothing is proved here: the result is to be tried.
 */
export function translate(
  base: JsonValue,
  remote: JsonValue,
  operations: readonly CompiledOperation[],
  dropped: ReadonlySet<number>,
  alignmentOf: (base: readonly JsonValue[], remote: readonly JsonValue[]) => ListAlignment | undefined,
): CompiledOperation[] | undefined {
  const twinOf = (mine: JsonValue | undefined, theirs: JsonValue | undefined): Twin => ({
    base: mine,
    remote: theirs,
    aligned: Array.isArray(mine) && Array.isArray(theirs) && mine !== theirs ? alignmentOf(mine, theirs) : undefined,
    children: new Map(),
    local: undefined,
    theirs: undefined,
  });
  let root = twinOf(base, remote);
  let fresh = FIRST_NEW;
  const patch: CompiledOperation[] = [];

  for (const operation of operations) {
    const skip = dropped.has(operation.index);
    const { tokens } = operation;
    if (operation.op === 'move' || operation.op === 'copy') {
      const source = walk(operation.from);
      const taken = source === undefined ? undefined : childAt(source.twin, source.token);
      if (source === undefined || (source.place === undefined && !skip)) return undefined;
      if (operation.op === 'move') cut(source.twin, source.token, skip);
      const target = walk(tokens, true);
      if (target === undefined || (target.place === undefined && !skip)) return undefined;
      paste(target.twin, target.token, taken ?? twinOf(undefined, undefined), skip);
      if (skip) continue;
      const [from = [], to = []] = [source.place, target.place];
      // Where remote put the one inside the other, it takes two operations: a move into itself is none.
      if (operation.op === 'move' && to.length > from.length && isAtOrBelow(to, from)) return undefined;
      patch.push(emitted(operation, to, from));
      continue;
    }
    if (tokens.length === 0) {
      if (operation.op === 'add' || operation.op === 'replace') root = twinOf(operation.value, operation.value);
      if (!skip) patch.push(operation);
      continue;
    }
    const found = walk(tokens, operation.op === 'add');
    if (found === undefined || (found.place === undefined && !skip)) {
      if (skip) continue;
      return undefined;
    }
    if (!skip) patch.push(emitted(operation, found.place ?? []));
    if (operation.op === 'remove') cut(found.twin, found.token, skip);
    else if (operation.op === 'add') paste(found.twin, found.token, twinOf(operation.value, operation.value), skip);
    else if (operation.op === 'replace') set(found.twin, found.token, twinOf(operation.value, operation.value));
  }
  return patch;

  /** The container a pointer leads to, its last token, and the whole place in remote; the place is undefined where remote has none. */
  function walk(
    tokens: readonly string[],
    adding = false,
  ): { twin: Twin; token: string; place: string[] | undefined } | undefined {
    let twin = root;
    const place: string[] = [];
    let hasPlace = true;
    for (let depth = 0; depth < tokens.length; depth += 1) {
      const token = tokens[depth] ?? '';
      const last = depth === tokens.length - 1;
      const there = last && adding ? gapIn(twin, token) : tokenIn(twin, token);
      if (there === undefined) hasPlace = false;
      else place.push(there);
      if (last) return { twin, token, place: hasPlace ? place : undefined };
      const next = childAt(twin, token);
      if (next === undefined) return undefined;
      twin = next;
    }
    return { twin, token: '', place: hasPlace ? place : undefined };
  }

  function isList(twin: Twin): boolean {
    return Array.isArray(twin.base ?? twin.remote);
  }

  function identityAt(twin: Twin, token: string): number {
    const at = arrayIndex(token) ?? -1;
    return twin.local === undefined ? at : (twin.local[at] ?? -1);
  }

  function childAt(twin: Twin, token: string): Twin | undefined {
    const name = isList(twin) ? identityAt(twin, token) : token;
    const known = twin.children.get(name);
    if (known !== undefined) return known;
    const mine = twin.base === undefined ? undefined : childOf(twin.base, `${name}`);
    if (mine === undefined) return undefined;
    const to = typeof name === 'number' && twin.aligned !== undefined ? (twin.aligned.toR[name] ?? -1) : name;
    const theirs = twin.remote === undefined || to === -1 ? undefined : childOf(twin.remote, `${to}`);
    const made = twinOf(mine, theirs);
    twin.children.set(name, made);
    return made;
  }

  /** A token of local as one of remote. */
  function tokenIn(twin: Twin, token: string): string | undefined {
    if (!isList(twin)) return token;
    const identity = identityAt(twin, token);
    const at =
      twin.theirs === undefined
        ? twin.aligned === undefined
          ? identity
          : (twin.aligned.toR[identity] ?? -1)
        : indexIn(twin.theirs, identity);
    return at < 0 ? undefined : `${at}`;
  }

  /** The gap in remote that an insertion goes into: behind its neighbour, and behind what remote has put there. */
  function gapIn(twin: Twin, token: string): string | undefined {
    if (!isList(twin)) return token;
    const { local, theirs } = open(twin);
    const at = token === '-' ? local.length : (arrayIndex(token) ?? -1);
    if (at === local.length) return token === '-' ? token : `${theirs.length}`;
    return `${gapBehind(local, theirs, at)}`;
  }

  function gapBehind(local: readonly number[], theirs: readonly number[], at: number): number {
    let gap = 0;
    for (let before = at - 1; before >= 0; before -= 1) {
      const to = indexIn(theirs, local[before] ?? -1);
      if (to < 0) continue;
      gap = to + 1;
      break;
    }
    while (gap < theirs.length && (theirs[gap] ?? 0) < 0) gap += 1;
    return gap;
  }

  function cut(twin: Twin, token: string, skip: boolean): void {
    if (!isList(twin)) {
      twin.children.set(token, twinOf(undefined, undefined));
      return;
    }
    const { local, theirs } = open(twin);
    const [identity = -1] = local.splice(arrayIndex(token) ?? 0, 1);
    const to = skip ? -1 : indexIn(theirs, identity);
    if (to >= 0) theirs.splice(to, 1);
  }

  function paste(twin: Twin, token: string, child: Twin, skip: boolean): void {
    if (!isList(twin)) {
      twin.children.set(token, child);
      return;
    }
    const { local, theirs } = open(twin);
    const at = token === '-' ? local.length : (arrayIndex(token) ?? 0);
    const identity = fresh++;
    if (!skip) theirs.splice(at === local.length ? theirs.length : gapBehind(local, theirs, at), 0, identity);
    local.splice(at, 0, identity);
    twin.children.set(identity, child);
  }

  function set(twin: Twin, token: string, child: Twin): void {
    twin.children.set(isList(twin) ? identityAt(twin, token) : token, child);
  }
}

/** A list's identities, written out once its items change places. */
function open(twin: Twin): { readonly local: number[]; readonly theirs: number[] } {
  const { base, remote, aligned } = twin;
  const mine = Array.isArray(base) ? base : [];
  twin.local ??= counted(mine.length);
  if (twin.theirs === undefined) {
    const theirs = counted(aligned?.toB.length ?? (Array.isArray(remote) ? remote : mine).length);
    aligned?.toB.forEach((from, at) => {
      theirs[at] = from < 0 ? -1 - at : from;
    });
    twin.theirs = theirs;
  }
  return { local: twin.local, theirs: twin.theirs };
}

function counted(length: number): number[] {
  const list: number[] = [];
  for (let at = 0; at < length; at += 1) list.push(at);
  return list;
}

function indexIn(list: readonly number[], identity: number): number {
  return identity < 0 ? -1 : list.indexOf(identity);
}

/** The caller's own operation where its place is the same; else the same one elsewhere. */
function emitted(operation: CompiledOperation, tokens: readonly string[], from?: readonly string[]): CompiledOperation {
  const { source } = operation;
  const path = formatPointer(tokens);
  if ('from' in operation && 'from' in source && from !== undefined) {
    const fromPath = formatPointer(from);
    if (path === source.path && fromPath === source.from) return operation;
    return { ...operation, tokens, from, source: { ...source, path, from: fromPath } };
  }
  return path === source.path ? operation : { ...operation, tokens, source: { ...source, path } };
}
