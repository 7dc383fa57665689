export { type Change, type Collision, type CollisionReport, collide } from './collide.js';
export { type CollisionRow, type Collisions, collideAll } from './collide-all.js';
export type { Documents, HistoryEntry, StoredDocument } from './documents.js';
export { type MswHttp, mswHandlers, mswResolver } from './msw.js';
export type {
  AnswerForm,
  CacheOptions,
  CommittedWrite,
  ConflictBody,
  ConflictServerOptions,
  CustomAnswer,
  PatchForm,
} from './options.js';
export { conflictOnce, deletedUnderneath, hiddenTag, lockedBy, loginPage, lostAnswer, weakTag } from './scenarios.js';
export { type ConflictServer, createConflictServer } from './server.js';
export type { LockOptions } from './store/locks.js';
export type { Normaliser } from './store/normalise.js';
export type { PathPattern } from './store/path.js';
export type { RefusalRule } from './store/refusals.js';
export type { FieldMode, TagMode, VersionMode } from './store/versions.js';
export type { Problem } from './wire/answer.js';
export type { Clock } from './wire/clock.js';
export type { Fault, FaultAim, FaultKind, FaultOptions } from './wire/faults.js';
export type { ListenOptions, Port } from './wire/port.js';
export type { Outcome, RequestRecord } from './wire/record.js';
