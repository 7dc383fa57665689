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
