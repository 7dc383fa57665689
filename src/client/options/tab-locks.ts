import type { TabLocks } from '../../engine/queue/tab-lock.js';

/**
 * The locks that an origin's tabs share: by default `navigator.locks`, in pages and workers of a browser. Not in Node,
 * where it exists since 24: a server's clients act for many people at once, and must not queue for each other.
 */
export function tabLocks(option: TabLocks | false | undefined): TabLocks | undefined {
  if (option !== undefined) return option || undefined;
  const inBrowser = typeof document !== 'undefined' || 'WorkerGlobalScope' in globalThis;
  // There are none in pages that are not secure, and null in happy-dom, whatever the types say.
  const { locks }: { locks?: TabLocks | null } = inBrowser ? navigator : {};
  return locks ?? undefined;
}
