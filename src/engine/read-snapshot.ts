import type { Clock } from './clock.js';
import { sleep } from './clock.js';
import { PATIENCE } from './look.js';
import type { ResourcePort, State } from './port.js';
import type { ResourceShelf } from './resource-shelf.js';

/**
 * A read for its own sake. Never takes the snapshot back to a version already left, unless the server still says so
 * after a while: content hashes do come back.
 *
 * @param shared May share a read that is under way.
 * @throws What the port met: ky's errors as they are, UnreadableResponseError, or the signal's reason.
 */
export async function readSnapshot(
  shelf: ResourceShelf,
  port: ResourcePort,
  clock: Clock,
  caller: AbortSignal | undefined,
  shared: boolean,
): Promise<State> {
  const signal = caller ?? new AbortController().signal;
  let answer = await (shared ? shelf.read(port, signal) : shelf.look(port, signal, false));
  if (answer.kind === 'found' && shelf.leftBehind(answer.state.version)) {
    const known = shelf.state;
    await sleep(clock, PATIENCE, signal);
    answer = await shelf.look(port, signal, false);
    // What was learnt meanwhile is newer than what a replica still says.
    if (answer.kind === 'found' && shelf.state === known) shelf.keep(answer.state, false);
  }
  if (answer.kind === 'found') return shelf.state ?? answer.state;
  if (answer.kind === 'missing') shelf.lose();
  throw answer.error;
}
