import type { Snapshot } from '../../contract/snapshot.js';
import { assertJson, cloneJson, freezeJson } from '../../core/assert-json.js';
import type { State } from '../../engine/port.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { parseBody } from '../../protocol/body.js';
import { shownText, shownUrl } from '../../protocol/shown.js';
import type { VersionCodec } from '../../protocol/version-scheme.js';
import { isSameVersion } from '../../protocol/version-scheme.js';
import type { Memory, Remembered } from './memory.js';

/**
 * What a plain write was made from: the explicit `base`, else the version the caller's own precondition names, else the one snapshot handed out
 * for this URL. `undefined`: nothing is known.
 *
 * @throws MissingBaseError for a `base` this client never handed out or that is of another resource, or where several snapshots could be it.
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
    const origin = memory.originOf(explicit) ?? (isSnapshot(explicit) ? explicit : undefined);
    if (origin === undefined) {
      throw new MissingBaseError(
        `The \`base\` given for ${shown} is neither a snapshot nor the very object this client's .json() handed out (a copy is another object). Pass that object, or a snapshot from a handle.`,
        { url: shown },
      );
    }
    if (!isSameResource(origin.url, url)) {
      throw new MissingBaseError(
        `The \`base\` given for ${shown} is a state of another resource, ${shownText(origin.url)}. Pass the object or snapshot that was read from ${shown}.`,
        { url: shown },
      );
    }
    return 'text' in origin ? stateOf(origin) : { value: freezeJson(cloneJson(origin.value)), version: origin.version };
  }
  const known = memory.of(url.href);
  if (ifMatch !== null) {
    const entry = known.find(({ version }) => isSameVersion(codec, version, ifMatch));
    return entry === undefined ? undefined : knownState(entry);
  }
  const [entry, second] = known;
  if (entry === undefined) return undefined;
  if (second === undefined) return knownState(entry);
  throw new MissingBaseError(
    `${shown} was read in ${known.length} versions, and the write does not say which it was made from. Pass { base: value }, the object .json() gave you.`,
    { url: shown },
  );
}

/** A query may shape what is read (`?expand=author`); which resource it is, the path says. */
function isSameResource(read: string, written: URL): boolean {
  if (!URL.canParse(read)) return false;
  const { origin, pathname } = new URL(read);
  return origin === written.origin && pathname === written.pathname;
}

function isSnapshot(value: object): value is Snapshot {
  if (!('value' in value && 'version' in value && 'url' in value)) return false;
  const { version, value: document, url } = value;
  if (typeof url !== 'string' || (version !== undefined && typeof version !== 'string')) return false;
  assertJson(document, 'the value of `base`');
  return true;
}

/** What the caller knows of a state. His own write, merged with what others did, is no state the server had: then its version is to be learned. */
function knownState(entry: Remembered): State | undefined {
  const { written } = entry;
  const unread = written === undefined || written.answer.bodyUsed ? undefined : written.own;
  return unread === undefined ? stateOf(entry) : stateOf({ text: unread, version: undefined });
}

/** Parsed anew: the value that was handed out is the caller's to change. */
function stateOf({
  text,
  version,
}: {
  readonly text: string;
  readonly version: string | undefined;
}): State | undefined {
  const parsed = parseBody(text);
  return parsed.json ? { value: parsed.value, version } : undefined;
}
