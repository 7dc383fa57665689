import type { Snapshot } from '../../contract/snapshot.js';
import { assertJson, frozenCopy } from '../../core/assert-json.js';
import { deepEqual } from '../../core/deep-equal.js';
import { isFormOf } from '../../core/form-of.js';
import type { JsonValue } from '../../core/json.js';
import type { State } from '../../engine/port.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { parseBody } from '../../protocol/body/body.js';
import { shownUrl } from '../../protocol/shown.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import { isSameVersion } from '../../protocol/versions/version-scheme.js';
import { baseOfAnother, isSameResource } from '../resource/base.js';
import { isMadeFromNewer } from '../write/made-from-newer.js';
import type { Memory, Remembered, Target } from './memory.js';
import type { PlainBody } from './plain-body.js';

/** A plain write, as far as it tells what it was made from. */
export interface WriteOf {
  readonly target: Target;
  readonly codec: VersionCodec;
  /** `base` of its options. */
  readonly explicit: object | undefined;
  /** If-Match of its own. */
  readonly ifMatch: string | undefined;
  readonly body: PlainBody | undefined;
}

/** A state, the text it was read from, with all its digits, and what it is remembered as. */
export interface Base extends Omit<State, 'value'> {
  /** Undefined: only its version is known. */
  readonly value: JsonValue | undefined;
  readonly text?: string | undefined;
  readonly entry?: Remembered;
}

/**
 * What a plain write was made from: the explicit `base`, else the version the caller's own precondition names, else what was handed out
 * for this URL: of several, the one that its body tells of. `undefined`: nothing is known.
 *
 * @throws MissingBaseError for a `base` this client never handed out or that is of another resource, or where several snapshots could be it.
 */
export function findBase(memory: Memory, write: WriteOf): Base | undefined {
  const { target, codec, explicit, ifMatch, body } = write;
  const known = memory.of(target);
  if (explicit !== undefined) return explicitBase(memory, target.url, known, explicit);
  if (ifMatch !== undefined) {
    const entry = known.find(({ version }) => isSameVersion(codec, version, ifMatch));
    return entry === undefined ? undefined : knownState(entry);
  }
  const newest = known.at(-1);
  if (newest === undefined) return undefined;
  const state = knownState(newest);
  if (!memory.isDoubted(newest) && known.every((entry) => entry === newest || isNewer(state, entry, body)))
    return state;
  memory.doubt(target);
  const url = shownUrl(target.url);
  const why =
    known.length > 1
      ? `was read in ${known.length} versions, and the write does not tell which it was made from: it may be a form that was opened on an older one`
      : 'was read in part only, or not again since a write of it could not tell what it was made from, was refused, or left its version unknown';
  throw new MissingBaseError(
    `${url} ${why}. Read it again and write what you make of that, or pass { base }: the value you read, or a snapshot.`,
    { url },
  );
}

function isNewer(newest: Base, entry: Remembered, body: PlainBody | undefined): boolean {
  // Its value was handed out to nobody.
  if (entry.text === undefined) return true;
  const { value: older } = stateOf(entry);
  if (older === undefined || newest.value === undefined) return false;
  // What a write of ours made, and then its server's own form of it.
  if (entry.isAssumed === true && isFormOf(newest.value, older)) return true;
  return body !== undefined && isMadeFromNewer(body, older, newest.value);
}

function explicitBase(memory: Memory, url: URL, known: readonly Remembered[], explicit: object): Base | undefined {
  const shown = shownUrl(url);
  // Through fetch nobody sees which value was handed out: there, equal ones are the same.
  const origin =
    memory.originOf(explicit) ??
    (isSnapshot(explicit) ? explicit : known.findLast((entry) => deepEqual(stateOf(entry).value, Object(explicit))));
  if (origin === undefined) {
    throw new MissingBaseError(
      `The \`base\` given for ${shown} is neither a snapshot nor a value that was read from there with this client. Pass what .json() gave you, before you change it, or a snapshot from a handle.`,
      { url: shown },
    );
  }
  if (!isSameResource(origin.url, url)) throw baseOfAnother(origin.url, url);
  return 'text' in origin
    ? asTold(origin, origin.written?.shown, false)
    : { value: frozenCopy(origin.value, undefined), version: origin.version };
}

function isSnapshot(value: object): value is Snapshot {
  if (!('value' in value && 'version' in value && 'url' in value)) return false;
  const { version, value: document, url } = value;
  if (typeof url !== 'string' || (version !== undefined && typeof version !== 'string')) return false;
  assertJson(document, 'the value of `base`');
  return true;
}

/**
 * What the caller knows of a state. His own write, merged with what others did, is no state the server had: then its version is to be
 * learned. So is that of the state before, which some servers show under the new tag.
 */
function knownState(entry: Remembered): Base {
  const { written } = entry;
  if (written === undefined || written.answer.bodyUsed)
    return asTold(entry, written?.showsBefore === true ? written.shown : undefined, false);
  return asTold(entry, written.own, true);
}

/** @param text What its caller has seen, where that is something else. */
function asTold(entry: Remembered, text: string | undefined, isAssumed: boolean): Base {
  return stateOf(text === undefined ? entry : { ...entry, value: undefined, text, version: undefined, isAssumed });
}

/** Parsed anew, as a rule: the value that was handed out is the caller's to change. */
function stateOf(entry: Remembered): Base {
  const { value, text, version, isAssumed = false } = entry;
  const parsed = value !== undefined || text === undefined ? undefined : parseBody(text);
  return { value: parsed?.json === true ? parsed.value : value, version, isAssumed, text, entry };
}
