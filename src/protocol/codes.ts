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
