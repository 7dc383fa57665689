import type { LiveOptions } from '../../contract/live.js';
import { ClosedError } from '../../errors/usage-errors.js';
import type { ClientCore } from '../client-core.js';
import { checkResource } from '../options/tables.js';

type Timer = ReturnType<typeof setTimeout> & { unref?(): void };

/** ms. Code that did not arrive is asked for again. */
const AGAIN = 5_000;

/** Keeps what is looked at up to date, from as soon as its code is there until it is stopped. One at a time: the last call holds. */
export function startLive(core: ClientCore, options: LiveOptions = {}): () => void {
  if (core.closed) throw new ClosedError('this client');
  checkResource({ live: options }, 'options');
  core.stopLive?.();
  let stop = (): void => {};
  let isOver = false;
  let timer: Timer | undefined;
  const load = (): void => {
    core.chunks.live.load().then(
      ({ goLive }) => {
        if (!isOver) stop = goLive(core, options);
      },
      () => {
        if (isOver) return;
        timer = setTimeout(load, AGAIN);
        timer.unref?.();
      },
    );
  };
  const end = (): void => {
    isOver = true;
    clearTimeout(timer);
    stop();
  };
  core.stopLive = end;
  load();
  return end;
}
