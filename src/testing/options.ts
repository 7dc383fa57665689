import { type Clock, systemClock } from './clock.js';
import { InvalidOptionsError, type Pointer } from './core.js';
import { type Place, parsePlace } from './place.js';
import { resolveVersions, type VersionMode, type Versions } from './versions.js';

/** A patch format the server takes. */
export type PatchForm = 'json-patch' | 'merge-patch';

/**
 * What a successful write answers with. `representation`: the document and its version. `minimal`: its version only (204, or where
 * the version is in the body, a body of nothing else). `no-version`: the document without its version. `nothing`: 204 without either.
 */
export type AnswerForm = 'representation' | 'minimal' | 'no-version' | 'nothing';

/**
 * What a refused write answers with. `problem`: RFC 9457 problem details. `empty`: no body. `current`: the current document and its
 * version in the place of the problem (Firebase). `{ at: '/details/existing' }`: problem details that hold the current document there (Kinto).
 */
export type ConflictBody = 'problem' | 'empty' | 'current' | { readonly at: Pointer };

/** Everything a conflict server can be told. */
export interface ConflictServerOptions {
  /** Default `etag`. */
  readonly version?: VersionMode;
  /** What a stale write is answered with. Default 412, and 409 where the version is in the body. */
  readonly status?: 409 | 412;
  /** Refuse writes over an existing document that name no version, with 428 (RFC 6585). Default false. */
  readonly requirePrecondition?: boolean;
  /** Patch formats taken; others get 415, and with none at all PATCH gets 405. Default both, and none under `rev`. */
  readonly patches?: readonly PatchForm[];
  /** Default `representation`. A request's `Prefer: return=…` (RFC 7240) wins. */
  readonly answer?: AnswerForm;
  /** Default `problem`. */
  readonly conflictBody?: ConflictBody;
  /** What reading a deleted document gives. Default 404. */
  readonly deletedStatus?: 404 | 410;
  /**
   * What a write gets that names a version of a deleted document. Default `rfc`: PUT is stale, PATCH and DELETE get `deletedStatus`.
   * Servers differ: 412 (Apache, SAP CAP), 409 (PouchDB), 404 (Cosmos, etcd), 201 (Solid: PUT creates it again).
   */
  readonly updateDeleted?: 'rfc' | 201 | 404 | 409 | 410 | 412;
  /**
   * A gateway in front that compresses: it weakens tags (nginx) or adds `-gzip` to them (Apache), unless the request says
   * `Accept-Encoding: identity`. Default `none`.
   */
  readonly gateway?: 'none' | 'weaken' | 'suffix';
  /** Answer a write whose Idempotency-Key is known as before, and do it once only. Default false. */
  readonly idempotencyKeys?: boolean;
  /** Longest body taken, in bytes; a longer one gets 413. Default 10_000_000. */
  readonly maxBody?: number;
  /** Time every request takes, in ms: half on its way to the document and half on its way back. Default 0. */
  readonly latency?: number;
  /** Answer preflights and expose every header to pages of other origins. Default false. */
  readonly cors?: boolean;
  /** What relative URLs given to `server.fetch` stand on. Default `http://conflict.test`. */
  readonly origin?: string;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** Options with nothing left open. */
export interface Settings {
  readonly versions: Versions;
  readonly couchdb: boolean;
  readonly staleStatus: 409 | 412;
  readonly requirePrecondition: boolean;
  readonly patches: readonly PatchForm[];
  readonly answer: AnswerForm;
  readonly conflictBody: 'problem' | 'empty' | 'current' | Place;
  readonly deletedStatus: 404 | 410;
  readonly updateDeleted: 'rfc' | 201 | 404 | 409 | 410 | 412;
  readonly gateway: 'none' | 'weaken' | 'suffix';
  readonly idempotencyKeys: boolean;
  readonly maxBody: number;
  readonly latency: number;
  readonly cors: boolean;
  readonly origin: string;
  readonly clock: Clock;
}

export function resolveOptions(options: ConflictServerOptions): Settings {
  const mode = options.version ?? 'etag';
  const versions = resolveVersions(mode);
  const couchdb = mode === 'rev';
  const { conflictBody = 'problem' } = options;
  return {
    versions,
    couchdb,
    staleStatus: oneOf('status', options.status ?? (versions.inBody ? 409 : 412), [409, 412]),
    requirePrecondition: options.requirePrecondition ?? false,
    patches: (options.patches ?? (couchdb ? [] : ['json-patch', 'merge-patch'])).map((form) =>
      oneOf('patches', form, ['json-patch', 'merge-patch']),
    ),
    answer: oneOf('answer', options.answer ?? 'representation', ['representation', 'minimal', 'no-version', 'nothing']),
    conflictBody:
      typeof conflictBody === 'object'
        ? parsePlace(conflictBody.at, 'conflictBody.at')
        : oneOf<'problem' | 'empty' | 'current'>('conflictBody', conflictBody, ['problem', 'empty', 'current']),
    deletedStatus: oneOf('deletedStatus', options.deletedStatus ?? 404, [404, 410]),
    updateDeleted: oneOf('updateDeleted', options.updateDeleted ?? 'rfc', ['rfc', 201, 404, 409, 410, 412]),
    gateway: oneOf('gateway', options.gateway ?? 'none', ['none', 'weaken', 'suffix']),
    idempotencyKeys: options.idempotencyKeys ?? false,
    maxBody: amount('maxBody', options.maxBody ?? 10_000_000),
    latency: amount('latency', options.latency ?? 0),
    cors: options.cors ?? false,
    origin: new URL(options.origin ?? 'http://conflict.test').origin,
    clock: options.clock ?? systemClock,
  };
}

/** Plain JavaScript and configuration files get past the types: say so here, not in the middle of a test. */
function oneOf<T extends string | number>(option: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new InvalidOptionsError(
    `${option} must be one of ${allowed.map((item) => JSON.stringify(item)).join(', ')}; got ${JSON.stringify(value)}.`,
    { option },
  );
}

/** A finite number that is not negative. */
function amount(option: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidOptionsError(`${option} must be a number that is not negative; got ${String(value)}.`, { option });
}
