import type { ServerAnswer } from '../answer.js';
import { elementText, kindOf, member } from '../body/body-kind.js';
import { problemOf } from './problem.js';

/** Who holds a lock and since when, as far as the server says. */
export interface LockHolder {
  readonly holder?: string;
  readonly since?: string;
}

/** Names that only a lock has. */
const HOLDER = [
  'lockedBy',
  'locked_by',
  'lockOwner',
  'lock_owner',
  'lockHolder',
  'lock_holder',
  'checkedOutBy',
  'checked_out_by',
];
const SINCE = [
  'lockedAt',
  'locked_at',
  'lockedSince',
  'locked_since',
  'lockedOn',
  'locked_on',
  'lockTime',
  'lock_time',
];
/** Names that tell of a holder only where a lock is meant already: inside a `lock` member, or in the body of a 423. */
const LOCK_HOLDER = ['holder', 'owner', 'user', 'by', 'name', 'displayName'];
const LOCK_SINCE = ['since', 'at', 'createdAt', 'created_at', 'created', 'acquiredAt', 'time'];
/** Where a person's or host's own name is, if it is an object. */
const NAMES = ['displayName', 'display_name', 'name', 'fullName', 'login', 'username', 'email', 'id', 'host'];
/** Ironic: `Node … is locked by host …`; editors: `checked out by …`. */
const SENTENCE =
  /\b(?:locked|checked out|being edited|lock (?:is )?(?:held|owned)) by (?:the )?(?:host|user|process|client)?\s?["'“]?([^,;:"'“”<>()[\]\n]{1,120})/i;

/** Who holds the lock this answer tells of; `undefined` where it says nothing. Never throws. */
export function holderOf(answer: Pick<ServerAnswer, 'status' | 'headers' | 'body'>): LockHolder | undefined {
  return fromMembers(answer.body, answer.status === 423) ?? fromMarkup(answer.body) ?? fromSentence(answer);
}

/** Whether the answer itself tells of a lock, which makes a 409 one. */
export function tellsOfLock(answer: Pick<ServerAnswer, 'status' | 'headers' | 'body'>): boolean {
  const body = kindOf(answer.body);
  if (body.kind === 'json' && scopes(body.value).some((scope) => member(scope, 'locked') === true)) return true;
  return holderOf({ ...answer, status: 0 }) !== undefined;
}

function fromMembers(body: unknown, lockMeant: boolean): LockHolder | undefined {
  const parsed = kindOf(body);
  if (parsed.kind !== 'json') return undefined;
  const found = scopes(parsed.value).map((scope) => {
    const lock = member(scope, 'lock');
    return facts(
      first(scope, HOLDER) ??
        first(lock, HOLDER) ??
        first(lock, LOCK_HOLDER) ??
        (lockMeant ? first(scope, LOCK_HOLDER) : undefined),
      first(scope, SINCE) ??
        first(lock, SINCE) ??
        first(lock, LOCK_SINCE) ??
        (lockMeant ? first(scope, LOCK_SINCE) : undefined),
    );
  });
  return found.find((one) => one?.holder !== undefined) ?? found.find((one) => one !== undefined);
}

/** WebDAV: the owner as the locking client wrote it (RFC 4918 14.17). */
function fromMarkup(body: unknown): LockHolder | undefined {
  const parsed = kindOf(body);
  if (parsed.kind !== 'xml') return undefined;
  return facts(
    elementText(parsed.text, ['owner', 'ownerdisplayname', 'lock-owner-displayname', 'lock-owner']),
    undefined,
  );
}

function fromSentence(answer: Pick<ServerAnswer, 'status' | 'headers' | 'body'>): LockHolder | undefined {
  const problem = problemOf(answer);
  const match = SENTENCE.exec(`${problem?.detail ?? ''}\n${problem?.title ?? ''}`);
  // A sentence goes on after the name: "… by alice since noon", "… by alice. Try later".
  const holder = match?.[1]?.split(/\s(?:since|until|at|on|for|and|from|please|already)\s|\.(?:\s|$)/, 1)[0];
  return facts(holder?.trim() || undefined, undefined);
}

function scopes(root: unknown): readonly unknown[] {
  const errors = member(root, 'errors');
  const nested = ['error', 'details', 'detail', 'data', 'context', 'meta'].map((name) => member(root, name));
  return [root, ...nested, ...(Array.isArray(errors) ? errors.slice(0, 5) : [])];
}

function first(scope: unknown, names: readonly string[]): string | undefined {
  for (const name of names) {
    const shown = show(member(scope, name));
    if (shown !== undefined) return shown;
  }
  return undefined;
}

function show(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim().slice(0, 200) || undefined;
  if (typeof value === 'number') return String(value);
  for (const name of NAMES) {
    const inner = member(value, name);
    if (typeof inner === 'string' && inner !== '') return inner.slice(0, 200);
  }
  return undefined;
}

function facts(holder: string | undefined, since: string | undefined): LockHolder | undefined {
  if (holder === undefined && since === undefined) return undefined;
  return { ...(holder === undefined ? {} : { holder }), ...(since === undefined ? {} : { since }) };
}
