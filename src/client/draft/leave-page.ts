interface Hooks {
  /** The page is not looked at any more: it may never be again. */
  readonly onHidden: () => void;
  /** The page goes. What is to be sent must be sent now. */
  readonly onLeave: () => void;
  /** The network is back. */
  readonly onOnline: () => void;
}

/** Listens to what becomes of the page; outside of one, to nothing. What it returns stops it. */
export function watchPage({ onHidden, onLeave, onOnline }: Hooks): () => void {
  const stops: (() => void)[] = [];
  const on = (target: EventTarget | undefined, type: string, listener: () => void): void => {
    if (typeof target?.addEventListener !== 'function') return;
    target.addEventListener(type, listener);
    stops.push(() => target.removeEventListener(type, listener));
  };
  const { document } = globalThis;
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') onHidden();
  });
  on(globalThis, 'pagehide', onLeave);
  on(globalThis, 'online', onOnline);
  return () => {
    for (const stop of stops) stop();
  };
}
