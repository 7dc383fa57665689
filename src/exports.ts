export type { Client } from './client/create-client.js';
export type {
  AnyResourceOptions,
  ClientOptions,
  Logger,
  MemoryLimits,
  VerbOptions,
} from './client/options/client-options.js';
export type { ConflictFetch } from './client/plain/conflict-fetch.js';
export type {
  ConflictSession,
  SavedConflict,
  SessionConflict,
  SessionSnapshot,
  SessionStatus,
} from './contract/conflict-session.js';
export type { Autosave, Draft, DraftOptions, DraftStatus, SaveOptions } from './contract/draft.js';
export type { ClientEvent, EditEvent, RequestFacts } from './contract/events.js';
export type { LiveOptions } from './contract/live.js';
export type { Outbox, OutboxEntry, OutboxOptions, OutboxStorage } from './contract/outbox.js';
export type { DeepReadonly, MergeTable, PatternOf, PointerOf } from './contract/paths.js';
export type {
  ConflictAnswer,
  ConflictContext,
  ConflictResolver,
  MergePreview,
  StoppedEdit,
} from './contract/resolver.js';
export type {
  CallOptions,
  CreateOptions,
  DeleteOptions,
  EditOptions,
  Resource,
  ResourceStatus,
} from './contract/resource.js';
export type {
  BodyEnvelope,
  ConflictRetry,
  LockContext,
  LockPolicy,
  ResourceOptions,
  WriteEdit,
  WriteFormat,
  WriteRequest,
} from './contract/resource-options.js';
export type { EditResult, Snapshot, UndoOptions } from './contract/snapshot.js';
export type {
  ConflictKind,
  JsonValue,
  MergeConflict,
  MergeRule,
  Patch,
  Pointer,
  PointerPattern,
  Resolution,
  ResolvedConflict,
  Side,
} from './core/index.js';
export { atomic, counter, latest, list, server, set, text } from './core/index.js';
export type { TabLocks } from './engine/queue/tab-lock.js';
export type { LocalEdit } from './errors/index.js';
export {
  ChunkError,
  ClosedError,
  ConflictError,
  DeadlockError,
  DiscardedError,
  EditError,
  ExistsError,
  FailedError,
  GoneError,
  InDoubtError,
  InvalidJsonError,
  InvalidMergeError,
  InvalidOptionsError,
  InvalidPatchError,
  isUnconflictError,
  LockedError,
  MissingBaseError,
  MissingVersionError,
  ReadonlyPathError,
  RefusedError,
  RetryLimitError,
  StorageError,
  UnconflictError,
  UnreadableResponseError,
} from './errors/index.js';
export type { ProblemDetails, ServerAnswer, Verdict } from './protocol/answer.js';
export type { CreateGuard } from './protocol/versions/create-guard.js';
export type { EtagOptions } from './protocol/versions/etag.js';
export { etag } from './protocol/versions/etag.js';
export type { TagFormat } from './protocol/versions/etag-codec.js';
export type { FieldFormat, FieldOptions, FieldSend } from './protocol/versions/field.js';
export { field } from './protocol/versions/field.js';
export { lastModified } from './protocol/versions/last-modified.js';
export { unversioned } from './protocol/versions/unversioned.js';
export type { VersionScheme } from './protocol/versions/version-scheme.js';
export { ask } from './session/ask.js';
export type { Label, Labels } from './session/label.js';
export type { AskOptions, ConflictDesk } from './session/open-desk.js';
export { reviveConflict } from './session/revive-conflict.js';
