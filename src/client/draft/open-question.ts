import type { ConflictAnswer, ConflictContext, ConflictResolver, StoppedEdit } from '../../contract/resolver.js';
import { assertJson, cloneJson } from '../../core/assert-json.js';
import { deepEqual } from '../../core/deep-equal.js';
import { diff } from '../../core/diff/diff.js';
import type { JsonValue } from '../../core/json.js';
import { everywhere } from '../../core/rebase/moves/moved-on.js';
import type { Rules, Typed } from './typed/typed.js';
import { mine, preview } from './typed/typed.js';

/** What a question needs of the draft it is about. */
export interface Asking {
  readonly merge: Rules;
  /** What is on the screen now. */
  readonly typed: Typed;
  /** The engine found this on the server. */
  meet(remote: JsonValue): void;
  /** The question is open, and this is to be called at every change; or it is closed. */
  setOnTyped(listener: (() => void) | undefined): void;
}

/** What a person decided. `answer` is for the engine; `local` is what the screen shows from then on, undefined where nothing is left. */
export interface Decided {
  readonly answer: ConflictAnswer;
  readonly local: JsonValue | undefined;
}

/**
 * Asks what to do about what others changed. The engine has stopped the edit that was sent; the person types on. So the question is about
 * what is on the screen, at every moment: the context's `edit.latest()` and `edit.watch()` show it, and the answer counts for it.
 *
 * @returns undefined where nobody answered.
 */
export async function askAbout(
  asking: Asking,
  resolve: ConflictResolver | undefined,
  engine: ConflictContext,
): Promise<Decided | undefined> {
  let stopped = engine;
  let shown: { readonly context: ConflictContext; readonly typed: Typed } | undefined;
  const listeners = new Set<(context: ConflictContext) => void>();

  const meet = (): void => {
    if (stopped.remote !== undefined) asking.meet(stopped.remote);
  };
  /** The question as it is now; the same object until something changes. */
  const now = (): ConflictContext => {
    if (shown?.typed !== asking.typed)
      shown = { typed: asking.typed, context: contextOf(asking, stopped, { latest, watch }) };
    return shown.context;
  };
  const latest = async (): Promise<ConflictContext> => {
    const found = (await engine.edit?.latest()) ?? stopped;
    if (found === stopped) return now();
    stopped = found;
    shown = undefined;
    meet();
    return now();
  };
  const watch = (listener: (context: ConflictContext) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  meet();
  // What the engine took for somebody else's was the person's own: the server stores it in another form.
  if (stopped.reason === 'stale' && asking.typed.conflicts.length === 0) return decided(asking, asking.typed.local);
  if (resolve === undefined) return undefined;
  asking.setOnTyped(() => {
    // Who does not watch has seen what it was asked.
    if (listeners.size === 0) return;
    const context = now();
    for (const listener of [...listeners]) listener(context);
  });
  try {
    for (;;) {
      const asked = now();
      const answer = await resolve(asked);
      const made = take(asking, stopped, shown?.typed ?? asking.typed, answer);
      // What was typed while the person thought collides with something else: that was not asked yet.
      if (made === 'ask-again' && now() !== asked) continue;
      return made === 'ask-again' ? undefined : made;
    }
  } finally {
    asking.setOnTyped(undefined);
  }
}

function take(
  asking: Asking,
  { reason }: ConflictContext,
  shown: Typed,
  answer: ConflictAnswer,
): Decided | 'ask-again' | undefined {
  const { typed, merge } = asking;
  if (answer === undefined || answer === 'abort') return undefined;
  if (typeof answer === 'object' && 'value' in answer) {
    assertJson(answer.value, "the resolver's { value }");
    // It was made from what was shown; what was typed since comes on top.
    const since = { from: shown.local, patch: diff(shown.local, typed.local, { merge }) };
    return decided(asking, mine(since, cloneJson(answer.value), merge).local, reason === 'gone');
  }
  if (reason === 'gone') return answer === 'local' ? decided(asking, typed.local, true) : { answer, local: undefined };
  if (answer === 'discard') return { answer, local: typed.ground };
  const known = new Set(typed.conflicts.flatMap(({ basePath, path }) => [basePath, path]));
  const resolutions = typeof answer === 'string' ? everywhere(typed.conflicts, answer) : answer.resolutions;
  const stray = Object.keys(resolutions).find((path) => !known.has(path));
  if (stray !== undefined && typed === shown)
    throw new TypeError(`The resolver answered for "${stray}", where there is no conflict.`);
  const { value, conflicts } = preview(typed, resolutions, merge);
  return conflicts.length > 0 ? 'ask-again' : decided(asking, value);
}

/** The answer to the engine is a whole value, made for the state the server has, not for the form of it the person sees. */
function decided({ typed, merge }: Asking, local: JsonValue, isGone = false): Decided {
  const { ground, latest } = typed;
  if (isGone || ground === latest.value) return { answer: { value: local }, local };
  const change = { from: ground, patch: diff(ground, local, { merge }) };
  return { answer: { value: mine(change, latest.value, merge).local }, local };
}

function contextOf(
  { typed, merge }: Asking,
  stopped: ConflictContext,
  own: Pick<StoppedEdit, 'latest' | 'watch'>,
): ConflictContext {
  const { local, patch, from } = typed;
  const edit = stopped.edit && { ...stopped.edit, ...own };
  if (stopped.reason !== 'stale') {
    const conflicts = stopped.conflicts.map((conflict) => ({
      ...conflict,
      local: { present: true, value: local } as const,
    }));
    const shown = (value: JsonValue | undefined) =>
      value !== undefined && deepEqual(value, stopped.local) ? local : value;
    const seen = edit && {
      ...edit,
      preview(resolutions: Parameters<StoppedEdit['preview']>[0]) {
        const output = edit.preview(resolutions);
        return { ...output, value: shown(output.value) };
      },
    };
    return Object.freeze({ ...stopped, local, patch, conflicts, ...(seen && { edit: Object.freeze(seen) }) });
  }
  const { value: merged, conflicts } = preview(typed, {}, merge);
  const seen = edit && {
    ...edit,
    derived: true,
    preview: (resolutions: Parameters<StoppedEdit['preview']>[0]) => preview(typed, resolutions, merge),
  };
  return Object.freeze({
    ...stopped,
    base: from,
    local,
    remote: typed.ground,
    merged,
    conflicts: Object.freeze(conflicts.map((conflict) => Object.freeze(conflict))),
    patch,
    ...(seen && { edit: Object.freeze(seen) }),
  });
}
