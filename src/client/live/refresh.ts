import type { ReadAnswer, ReadPort } from '../../engine/port.js';
import type { ClientCore } from '../client-core.js';
import { readResource } from '../http/read-resource.js';
import type { KnownResource } from '../resource/known-resource.js';
import type { Way } from './watched.js';

const running = new WeakMap<KnownResource, Promise<void>>();
/** Resources of servers that do not let a page ask with If-None-Match. */
const unconditional = new WeakSet<KnownResource>();

/**
 * Reads what may have changed: one read for all who ask while it runs. A resource that is gone is news as well.
 *
 * @throws what kept it from being read.
 */
export function refresh(core: ClientCore, way: Way): Promise<void> {
  const { known } = way;
  const before = running.get(known);
  if (before !== undefined) return before;
  const reading = readNow(core, way).finally(() => running.delete(known));
  running.set(known, reading);
  return reading;
}

async function readNow(core: ClientCore, { wire, known }: Way): Promise<void> {
  const { resource } = known;
  const port: ReadPort = {
    read: async (reading): Promise<ReadAnswer> => {
      const { state } = resource;
      const guard = state?.version === undefined ? undefined : resource.codec.guard(state.version);
      const isTold = guard?.in === 'header' && guard.name === 'If-Match';
      // What is only assumed must be told in full.
      if (state === undefined || state.isAssumed === true || !isTold || unconditional.has(known))
        return readResource(wire, reading);
      const answer = await readResource(wire, reading, { known: { state, tag: guard.value } });
      if (answer.kind !== 'failed' || !answer.retryable) return answer;
      // The network may be down, or CORS may forbid the header: a read without it tells.
      const again = await readResource(wire, reading);
      if (again.kind === 'found') unconditional.add(known);
      return again;
    },
  };
  const signal = core.signalOf(core.surroundings.closing);
  try {
    await resource.read(port, core.clock, signal, true);
  } catch (error) {
    if (resource.status !== 'gone') throw error;
  }
}

/** The application's own push says that the server has this version now. */
export async function changed(core: ClientCore, way: Way, version: string | undefined): Promise<void> {
  const { known } = way;
  const { resource } = known;
  const isNews = (): boolean => {
    const { state } = resource;
    if (version === undefined || state === undefined) return true;
    return !resource.isSameVersion(version, state.version) && !resource.leftBehind(version);
  };
  if (!isNews()) return;
  // What was under way was asked before this was told, and may be older.
  const joined = running.has(known);
  await refresh(core, way);
  if (joined && (version === undefined || isNews())) await refresh(core, way);
}
