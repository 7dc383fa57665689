import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue } from '../../core/json.js';
import type { State } from '../../engine/port.js';
import { RetryLimitError } from '../../errors/outcome-errors.js';
import { writeCode } from '../chunks.js';
import type { ClientCore } from '../client-core.js';
import { within } from '../signals.js';
import type { AskedEdit } from '../write/submit.js';
import type { Way } from './way.js';

/** Sends an edit on its way: at once where that can be, else as soon as the write chunk is there. A value shows in any case. */
export function enter(core: ClientCore, way: Way, asked: AskedEdit): Promise<EditResult> {
  const write = core.chunks.write.loaded;
  // Behind those that wait: edits are sent in the order in which they were made.
  return write !== undefined && way.known.entering === undefined
    ? write.submitEdit(core, way, asked, undefined)
    : enterLater(core, way, asked);
}

async function enterLater(core: ClientCore, way: Way, asked: AskedEdit): Promise<EditResult> {
  const { known, policy } = way;
  const { resource } = known;
  const { base, wanted, signal } = asked;
  const local = 'local' in wanted ? wanted.local : undefined;
  // What protected paths make of it is known only when it is compared: until then it does not show.
  const shows = local !== undefined && policy.engine.readonly.length === 0;
  const shown = shows ? ({ base: base.value, local, level: 2 } as const) : undefined;
  if (shown !== undefined) resource.show(shown);
  const mine = Promise.all([codeFor(core, way, signal, { base: base.value, local }), known.entering]);
  const turn = mine.catch(() => {});
  known.entering = turn;
  try {
    const [write] = await mine;
    if (known.entering === turn) known.entering = undefined;
    return await write.submitEdit(core, way, asked, shown);
  } catch (error) {
    if (known.entering === turn) known.entering = undefined;
    if (shown !== undefined) resource.hide(shown);
    throw error;
  }
}

/** The write chunk, within the budget. @throws ChunkError with the edit. */
export function codeFor(
  { chunks, clock }: ClientCore,
  { policy, known }: Way,
  signal: AbortSignal | undefined,
  edit: { readonly base: JsonValue | undefined; readonly local: JsonValue | undefined },
): ReturnType<typeof writeCode> {
  const { deadline } = policy.engine.retry;
  return writeCode(chunks, clock, { url: known.resource.url, deadline, signal, ...edit });
}

/** What an edit is made on is read first: what there is of the edit by then. */
export interface FirstRead {
  readonly signal: AbortSignal | undefined;
  readonly read: (signal: AbortSignal) => Promise<State>;
  readonly again: () => Promise<EditResult>;
}

/** Reads what an edit is made on, within the time that the edit has. @returns it, and how much of that time is used. @throws RetryLimitError; whatever the read meets. */
export async function firstRead(
  { clock }: ClientCore,
  { policy, known }: Way,
  { signal, read, again }: FirstRead,
): Promise<{ readonly read: State; readonly spentMs: number }> {
  const { deadline } = policy.engine.retry;
  const { url } = known.resource;
  const startedAt = clock.now();
  let made: Promise<EditResult> | undefined;
  const late = (): RetryLimitError =>
    new RetryLimitError(
      `${url} could not be read within ${deadline} ms, and the edit must be made on what is there. Nothing was sent. Try again later with error.retry(), or raise \`retry.deadline\`.`,
      {
        url,
        edit: { base: undefined, local: undefined, remote: undefined, patch: [] },
        retry: () => {
          made ??= again();
          return made;
        },
      },
    );
  return { read: await within(clock, deadline, signal, read, late), spentMs: clock.now() - startedAt };
}
