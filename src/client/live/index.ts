import type { LiveOptions } from '../../contract/live.js';
import type { ClientCore } from '../client-core.js';
import { said } from '../options/check.js';
import { isHidden, watchPage } from '../page.js';
import type { KnownResource } from '../resource/known-resource.js';
import { refresh } from './refresh.js';
import { Tabs } from './tabs.js';
import type { Keeper } from './watched.js';

export { changed } from './refresh.js';

type Timer = ReturnType<typeof setInterval> & { unref?(): void };

const DEFAULTS = { onFocus: true, onReconnect: true, every: 30_000, tabs: true } as const;
/** ms. A window that is looked at again says so more than once. */
const SOON = 1_000;

/** Keeps what is watched up to date until what it returns is called. */
export function goLive(core: ClientCore, options: LiveOptions): () => void {
  const { watched } = core;
  const timers = new Map<KnownResource, { readonly timer: Timer; readonly every: number }>();
  const readAt = new WeakMap<KnownResource, number>();
  /** What one of those who look at it wants holds for all; the shortest time does. */
  const settingsOf = (known: KnownResource): Pick<Required<LiveOptions>, 'onFocus' | 'onReconnect' | 'every'> => {
    const wanted = watched.waysOf(known).flatMap(({ policy: { live } }): Required<LiveOptions>[] => {
      return live === false ? [] : [{ ...DEFAULTS, ...said(options), ...said(live) }];
    });
    const times = wanted.flatMap(({ every }) => (every === false ? [] : [every]));
    return {
      onFocus: wanted.some(({ onFocus }) => onFocus),
      onReconnect: wanted.some(({ onReconnect }) => onReconnect),
      every: times.length > 0 && Math.min(...times),
    };
  };

  const look = (known: KnownResource): void => {
    // The last that came says how it is read.
    const way = watched.waysOf(known).at(-1);
    if (way === undefined) return;
    readAt.set(known, Date.now());
    // What cannot be read now is read the next time.
    refresh(core, way).catch(() => {});
  };
  const lookAtAll = (when: 'onFocus' | 'onReconnect') => (): void => {
    for (const known of watched) {
      // By the clock on the wall, because others may stand still while a machine sleeps. One that was put right only makes a read more.
      const isDue = Math.abs(Date.now() - (readAt.get(known) ?? 0)) >= SOON;
      if (isDue && settingsOf(known)[when]) look(known);
    }
  };
  const { tabs = true } = options;
  const channel = tabs === false ? undefined : new Tabs(core, typeof tabs === 'string' ? tabs : undefined, look);

  const keeper: Keeper = {
    changes(known) {
      const before = timers.get(known);
      const { every } = settingsOf(known);
      if (before?.every === every) return;
      clearInterval(before?.timer);
      timers.delete(known);
      if (every === false) return;
      const timer: Timer = setInterval(() => {
        if (!isHidden()) look(known);
      }, every);
      timer.unref?.();
      timers.set(known, { timer, every });
    },
    learnt(known, state) {
      if (!known.keepsToItself) channel?.tell(known, state);
    },
  };
  for (const known of watched) keeper.changes(known);
  watched.keeper = keeper;
  const unwatch = watchPage({ onSeen: lookAtAll('onFocus'), onOnline: lookAtAll('onReconnect') });
  return () => {
    unwatch();
    channel?.close();
    if (watched.keeper === keeper) watched.keeper = undefined;
    for (const { timer } of timers.values()) clearInterval(timer);
  };
}
