/** ms. So often it is looked for tabs that are gone, and for a network that is back: not every platform tells. */
export const LOOK = 4_000;

/** A network that is back is tried at once. */
export function watchNetwork(signal: AbortSignal, hurry: () => void): void {
  const { document } = globalThis;
  if (typeof globalThis.addEventListener === 'function') globalThis.addEventListener('online', hurry, { signal });
  const onSeen = (): void => {
    if (document.visibilityState === 'visible') hurry();
  };
  document?.addEventListener?.('visibilitychange', onSeen, { signal });
}
