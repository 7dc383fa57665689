import type { Snapshot } from '../contract/snapshot.js';
import { assertJson } from '../core/assert-json.js';
import { MissingBaseError } from '../errors/usage-errors.js';
import { shownUrl } from './hide-secrets.js';
import type { Memory, Remembered } from './memory.js';
import type { VersionCodec } from '../protocol/version-scheme.js';

/** What a plain write was made from. */
export type PlainBase =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'remembered'; readonly entry: Remembered }
  /** Nothing is known: the write goes out as it is. */
  | { readonly kind: 'none' };

/**
 * Finds it: the explicit `base`, else the version the caller's own precondition names, else the one snapshot handed out
 * for this URL.
 *
 * @throws MissingBaseError for a `base` this client never handed out, or where several snapshots could be it.
 */
export function findBase(
  memory: Memory,
  url: URL,
  codec: VersionCodec,
  explicit: object | undefined,
  ifMatch: string | null,
): PlainBase {
  const shown = shownUrl(url);
  if (explicit !== undefined) {
    const entry = memory.originOf(explicit);
    if (entry !== undefined) return { kind: 'remembered', entry };
    if (isSnapshot(explicit)) return { kind: 'snapshot', snapshot: explicit };
    throw new MissingBaseError(
      `The \`base\` given for ${shown} is neither a snapshot nor the very object this client's .json() handed out (a copy is another object). Pass that object, or a snapshot from a handle.`,
      { url: shown },
    );
  }
  const known = memory.of(url.href);
  if (ifMatch !== null) {
    const entry = known.find(({ version }) => codec.same(version, ifMatch));
    return entry === undefined ? { kind: 'none' } : { kind: 'remembered', entry };
  }
  const [entry, second] = known;
  if (entry === undefined) return { kind: 'none' };
  if (second === undefined) return { kind: 'remembered', entry };
  throw new MissingBaseError(
    `${shown} was read in ${known.length} versions, and the write does not say which it was made from. Pass { base: value }, the object .json() gave you.`,
    { url: shown },
  );
}

function isSnapshot(value: object): value is Snapshot {
  if (!('value' in value && 'version' in value && 'url' in value)) return false;
  const { version, value: document } = value;
  if (version !== undefined && typeof version !== 'string') return false;
  assertJson(document, 'the value of `base`');
  return true;
}
