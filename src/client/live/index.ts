import type { LiveOptions } from '../../contract/live.js';
import type { ClientCore } from '../client-core.js';
import { said } from '../options/layered.js';
import { isHidden, watchPage } from '../page.js';
import type { KnownResource } from '../resource/known-resource.js';
import { refresh } from './refresh.js';
import { hears, Tabs } from './tabs.js';
import type { Keeper, Way } from './watched.js';

export { changed } from './refresh.js';

type Timer = ReturnType<typeof setInterval> & { unref?(): void };

const DEFAULTS = { onFocus: true, onReconnect: true, every: 30_000, tabs: true } as const;
/** ms. A window that is looked at again says so more than once. */
const SOON = 1_000;

/** Keeps what is watched up to date until what it returns is called. */
export function goLive(core: ClientCore, options: LiveOptions): () => void {
  const { watched } = core;
  const timers = new Map<KnownResource, Timer>();
  const readAt = new WeakMap<KnownResource, number>();
  const settingsOf = ({ live }: KnownResource): Required<LiveOptions> | undefined =>
    live === false ? undefined : { ...DEFAULTS, ...said(options), ...said(live) };

  const look = (known: KnownResource): void => {
    const way = watched.wayOf(known);
    if (way === undefined) return;
    readAt.set(known, Date.now());
    // What cannot be read now is read the next time.
    refresh(core, way).catch(() => {});
  };
  const lookAtAll = (when: 'onFocus' | 'onReconnect') => (): void => {
    for (const { known } of watched) {
      const isDue = Date.now() - (readAt.get(known) ?? 0) >= SOON;
      if (isDue && settingsOf(known)?.[when] === true) look(known);
    }
  };
  const { tabs = true } = options;
  const channel = tabs === false ? undefined : new Tabs(core, typeof tabs === 'string' ? tabs : undefined, look);

  const keeper: Keeper = {
    begins({ known }: Way) {
      const every = settingsOf(known)?.every;
      if (every === undefined || every === false) return;
      const timer: Timer = setInterval(() => {
        if (!isHidden()) look(known);
      }, every);
      timer.unref?.();
      timers.set(known, timer);
    },
    ends(known) {
      clearInterval(timers.get(known));
      timers.delete(known);
    },
    learnt(known, state) {
      if (hears(known)) channel?.tell(known, state);
    },
  };
  for (const way of watched) keeper.begins(way);
  watched.keeper = keeper;
  const unwatch = watchPage({ onSeen: lookAtAll('onFocus'), onOnline: lookAtAll('onReconnect') });
  return () => {
    unwatch();
    channel?.close();
    if (watched.keeper === keeper) watched.keeper = undefined;
    for (const timer of timers.values()) clearInterval(timer);
  };
}
