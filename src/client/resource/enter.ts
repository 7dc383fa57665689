import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue } from '../../core/json.js';
import type { WriteCode } from '../chunks.js';
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
  const { resource } = way.known;
  const { base, wanted, signal } = asked;
  const local = 'local' in wanted ? wanted.local : undefined;
  // What protected paths make of it is known only when it is compared: until then it does not show.
  const shows = local !== undefined && way.policy.engine.readonly.length === 0;
  const shown = shows ? ({ base: base.value, local, level: 2 } as const) : undefined;
  if (shown !== undefined) resource.show(shown);
  try {
    return await inTurn(core, way, { base: base.value, local, signal }, (write) =>
      write.submitEdit(core, way, asked, shown),
    );
  } catch (error) {
    if (shown !== undefined) resource.hide(shown);
    throw error;
  }
}

/** What there is of an edit, or of a delete, that waits for the write chunk. */
interface Entering {
  readonly base: JsonValue | undefined;
  readonly local: JsonValue | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Does it with the write chunk: at once where that can be, else as soon as it is there, in the order in which it was asked for. */
export async function inTurn<T>(
  core: ClientCore,
  way: Way,
  edit: Entering,
  run: (write: WriteCode) => Promise<T>,
): Promise<T> {
  const { known } = way;
  const { loaded } = core.chunks.write;
  if (loaded !== undefined && known.entering === undefined) return run(loaded);
  const mine = Promise.all([codeFor(core, way, edit), known.entering]);
  const turn = mine.catch(() => {});
  known.entering = turn;
  const leave = (): void => {
    if (known.entering === turn) known.entering = undefined;
  };
  try {
    const [code] = await mine;
    leave();
    return await run(code);
  } catch (error) {
    leave();
    throw error;
  }
}

/** The write chunk, within the budget. @throws ChunkError with the edit. */
function codeFor(
  core: ClientCore,
  { policy, known }: Way,
  { signal, ...edit }: Entering,
): ReturnType<typeof writeCode> {
  const { deadline } = policy.engine.retry;
  const ends = core.signalOf(signal, core.unkept);
  return writeCode(core.chunks, core.clock, { url: known.resource.url, deadline, signal: ends, ...edit });
}
