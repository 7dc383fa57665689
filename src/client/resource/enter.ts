import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue } from '../../core/json.js';
import { writeCode } from '../chunks.js';
import type { ClientCore } from '../client-core.js';
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
  core: ClientCore,
  { policy, known }: Way,
  signal: AbortSignal | undefined,
  edit: { readonly base: JsonValue | undefined; readonly local: JsonValue | undefined },
): ReturnType<typeof writeCode> {
  const { deadline } = policy.engine.retry;
  const ends = core.signalOf(signal, core.unkept);
  return writeCode(core.chunks, core.clock, { url: known.resource.url, deadline, signal: ends, ...edit });
}
