interface Hooks {
  /** The page is not looked at any more: it may never be again. */
  readonly onHidden?: () => void;
  /** The page is looked at again. */
  readonly onSeen?: () => void;
  /** The page goes. What is to be sent must be sent now. */
  readonly onLeave?: () => void;
  /** The network is back. */
  readonly onOnline?: () => void;
}

/** Listens to what becomes of the page; outside of one, to nothing. What it returns stops it. */
export function watchPage({ onHidden, onSeen, onLeave, onOnline }: Hooks): () => void {
  const stops: (() => void)[] = [];
  const on = (target: EventTarget | undefined, type: string, listener: (() => void) | undefined): void => {
    if (listener === undefined || typeof target?.addEventListener !== 'function') return;
    target.addEventListener(type, listener);
    stops.push(() => target.removeEventListener(type, listener));
  };
  on(globalThis.document, 'visibilitychange', () => (isHidden() ? onHidden?.() : onSeen?.()));
  on(globalThis, 'focus', onSeen);
  on(globalThis, 'pagehide', onLeave);
  on(globalThis, 'online', onOnline);
  return () => {
    for (const stop of stops) stop();
  };
}

/** Outside of a page nothing is hidden. */
export function isHidden(): boolean {
  return globalThis.document?.visibilityState === 'hidden';
}
