import type { ServerAnswer } from '../answer.js';
import { elementNames, elementText, kindOf, member } from '../body/body-kind.js';

/** Items of an array that are looked at: a body of a million errors says nothing more. */
const ITEMS = 20;

/**
 * Every code string of an answer: from the header `x-ms-error-code`, from the usual places of a JSON body (numbers as text), from XML `<Code>`, and the
 * conditions of a WebDAV error (RFC 4918 16). A problem type given as a URI counts by its last part too.
 */
export function codesOf(answer: Pick<ServerAnswer, 'headers' | 'body'>): readonly string[] {
  const found = new Set<string>();
  const header = answer.headers.get('x-ms-error-code');
  if (header !== null) found.add(header.trim());
  const body = kindOf(answer.body);
  if (body.kind === 'json') {
    for (const place of CODE_PLACES) for (const value of valuesAt(body.value, place)) addCode(found, value);
  } else if (body.kind === 'xml') {
    addCode(found, elementText(body.text, ['code', 'errorcode']));
    if (/\bDAV:/.test(body.text)) for (const name of elementNames(body.text)) found.add(name);
  } else if (body.kind === 'text') {
    if (/^[\w.-]{3,60}$/.test(body.text)) found.add(body.text);
  }
  return [...found];
}

/** The verdict these codes stand for, if any is known. */
export function verdictOfCodes(codes: readonly string[]): CodeVerdict | undefined {
  return CODE_VERDICTS.find((verdict) => CODES[verdict].some((known) => codes.some((code) => isCode(code, known))));
}

function isCode(code: string, known: string): boolean {
  return known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : code === known;
}

function addCode(found: Set<string>, value: unknown): void {
  if (typeof value === 'number') found.add(String(value));
  if (typeof value !== 'string' || value === '' || value.length > 300) return;
  found.add(value);
  const last = value.split(/[/#:]/).pop();
  if (last !== undefined && last !== '' && last !== value && /^[a-z][a-z\d+.-]*:|^\//i.test(value)) found.add(last);
}

function valuesAt(root: unknown, place: readonly string[]): readonly unknown[] {
  let values: readonly unknown[] = [root];
  for (const name of place) {
    values = values.flatMap((value) => {
      if (name === '*') return Array.isArray(value) ? value.slice(0, ITEMS) : [];
      return [member(value, name)];
    });
  }
  return values;
}

/** Verdicts that a code string in a body can mean, the most telling first: an answer may hold a general and a special code. */
export const CODE_VERDICTS = ['locked', 'retry-unchanged', 'refused', 'exists', 'stale'] as const;
export type CodeVerdict = (typeof CODE_VERDICTS)[number];

/** What servers call things, compared letter by letter. A trailing `*` stands for any rest. */
export const CODES: Readonly<Record<CodeVerdict, readonly string[]>> = {
  stale: [
    'Conflict',
    'conflict',
    'ConcurrentModification',
    'VersionMismatch',
    'version-mismatch',
    'version_mismatch',
    'VERSION_MISMATCH',
    'version_conflict_engine_exception',
    'ABORTED',
    'PreconditionFailed',
    'ConditionNotMet',
    'UpdateConditionNotSatisfied',
    'UPDATE_COLLISION',
    'UpdateConflict',
    'documentRevisionIDDoesNotMatchError',
    'placement.concurrent_update',
    'H412',
  ],
  locked: ['lock-token-submitted', 'Lease*', 'NodeLocked', 'ScopeLocked', 'resourceLocked'],
  'retry-unchanged': [
    // S3: another write of the same object is under way, and nothing was decided.
    'ConditionalRequestConflict',
    'OperationAborted',
    'LockedField',
    'ExactLockConflict',
    'PendingOperation',
    'conflict_error',
    'lock_timeout',
    'idempotency_key_in_use',
  ],
  exists: [
    'AlreadyExists',
    'ALREADY_EXISTS',
    'name-exists',
    'nameAlreadyExists',
    'DuplicateField',
    'EntityAlreadyExists',
    'BlobAlreadyExists',
    'uniqueness',
    'resource_conflict',
  ],
  refused: [
    'FieldManagerConflict',
    'InvalidState',
    'FAILED_PRECONDITION',
    'InvalidOperation',
    'ReferenceExists',
    'plugin-dashboard',
  ],
};

/** Where a JSON body may hold its code. `*` stands for each of the first items of an array. */
export const CODE_PLACES: readonly (readonly string[])[] = [
  ['code'],
  ['error'],
  ['error', 'code'],
  ['error', 'status'],
  ['error', 'type'],
  ['errors', '*', 'code'],
  ['reason'],
  ['status'],
  ['type'],
  ['errcode'],
  ['errno'],
  ['sys', 'id'],
  ['name'],
  ['errorCode'],
  // SCIM (RFC 7644 3.12), Kubernetes field managers, Sanity mutations, OData 3, FHIR issues.
  ['scimType'],
  ['details', 'causes', '*', 'reason'],
  ['error', 'items', '*', 'error', 'type'],
  ['odata.error', 'code'],
  ['issue', '*', 'code'],
];
