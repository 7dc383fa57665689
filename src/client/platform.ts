import type { TabLocks } from '../engine/queue/tab-lock.js';

const ID_BYTES = 16;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Random bytes for many ids at once: asking for them costs the same for a few as for many. */
const pool = new Uint8Array(64 * ID_BYTES);
let used = pool.length;

/** 128 random bits in hex. `crypto.randomUUID` would not do: browsers have it on secure pages only. */
export function randomId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let id = '';
  for (const end = used + ID_BYTES; used < end; used += 1) id += HEX[pool[used] ?? 0];
  return id;
}

/**
 * Says what is missing before anything is begun: what browsers and servers have had since 2024, React Native has only with packages.
 *
 * @throws TypeError if there is no `AbortSignal.any` or no `crypto`.
 */
export function checkPlatform(): void {
  const any: unknown = globalThis.AbortSignal?.any;
  const missing = any === undefined ? 'AbortSignal.any' : globalThis.crypto === undefined ? 'crypto' : undefined;
  if (missing !== undefined)
    throw new TypeError(
      `This platform has no ${missing}. Import what adds it before unconflict: docs/recipes.md, React Native.`,
    );
}

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
