export type { Problem } from './answer.js';
export type { Clock } from './clock.js';
export { type Change, type Collision, type CollisionReport, collide } from './collide.js';
export { type CollisionRow, type Collisions, collideAll } from './collide-all.js';
export type { Documents, HistoryEntry, StoredDocument } from './documents.js';
export type { Fault, FaultAim, FaultKind, FaultOptions } from './faults.js';
export type { LockOptions } from './locks.js';
export { type MswHttp, mswHandlers, mswResolver } from './msw.js';
export type { Normaliser } from './normalise.js';
export type {
  AnswerForm,
  CacheOptions,
  CommittedWrite,
  ConflictBody,
  ConflictServerOptions,
  CustomAnswer,
  PatchForm,
} from './options.js';
export type { PathPattern } from './path.js';
export type { ListenOptions, Port } from './port.js';
export type { Outcome, RequestRecord } from './record.js';
export type { RefusalRule } from './refusals.js';
export { conflictOnce, deletedUnderneath, hiddenTag, lockedBy, loginPage, lostAnswer, weakTag } from './scenarios.js';
export { type ConflictServer, createConflictServer } from './server.js';
export type { FieldMode, TagMode, VersionMode } from './versions.js';
