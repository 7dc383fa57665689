import type { Snapshot } from '../contract/snapshot.js';
import { assertJson } from '../core/assert-json.js';
import type { State } from '../engine/port.js';
import { MissingBaseError } from '../errors/usage-errors.js';
import { parseBody } from '../protocol/body.js';
import type { VersionCodec } from '../protocol/version-scheme.js';
import { shownUrl } from './hide-secrets.js';
import type { Memory, Remembered } from './memory.js';

/**
 * What a plain write was made from: the explicit `base`, else the version the caller's own precondition names, else the one snapshot handed out
 * for this URL. `undefined`: nothing is known.
 *
 * @throws MissingBaseError for a `base` this client never handed out, or where several snapshots could be it.
 */
export function findBase(
  memory: Memory,
  url: URL,
  codec: VersionCodec,
  explicit: object | undefined,
  ifMatch: string | null,
): State | undefined {
  const shown = shownUrl(url);
  if (explicit !== undefined) {
    const entry = memory.originOf(explicit);
    if (entry !== undefined) return stateOf(entry);
    if (isSnapshot(explicit)) return explicit;
    throw new MissingBaseError(
      `The \`base\` given for ${shown} is neither a snapshot nor the very object this client's .json() handed out (a copy is another object). Pass that object, or a snapshot from a handle.`,
      { url: shown },
    );
  }
  const known = memory.of(url.href);
  if (ifMatch !== null) {
    const entry = known.find(({ version }) => codec.same(version, ifMatch));
    return entry === undefined ? undefined : stateOf(entry);
  }
  const [entry, second] = known;
  if (entry === undefined) return undefined;
  if (second === undefined) return stateOf(entry);
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

/** Parsed anew: the value that was handed out is the caller's to change. */
function stateOf({ text, version }: Remembered): State | undefined {
  const parsed = parseBody(text);
  return parsed.json ? { value: parsed.value, version } : undefined;
}
