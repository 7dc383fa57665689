import { shownUrl } from '../../protocol/shown.js';
import { writeCode } from '../chunks.js';
import type { VerbOptions } from '../options/client-options.js';
import type { PlainDoor } from './passes-at-once.js';
import type { PlainVerb } from './plain-write.js';

/** A plain write that may be made conditional, as soon as the write chunk is there. @throws ChunkError */
export function guardedWrite(door: PlainDoor, verb: PlainVerb, options: VerbOptions): Promise<Response> {
  const { core } = door;
  const { url, input } = verb;
  return core.during(url, async () => {
    const signal = core.signalOf(options.signal, input instanceof Request ? input.signal : undefined);
    const { deadline } = core.plainPolicy(url).engine.retry;
    const code = await writeCode(core.chunks, core.clock, { url: shownUrl(url), deadline, signal });
    return code.plainWrite(door, verb, options);
  });
}
