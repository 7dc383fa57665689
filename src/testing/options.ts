import { InvalidOptionsError, type JsonValue, type Pointer } from './core.js';
import type { Normaliser } from './store/normalise.js';
import { type Place, parsePlace } from './store/place.js';
import { resolveVersions, type VersionMode, type Versions } from './store/versions.js';
import { type Clock, systemClock } from './wire/clock.js';

/**
 * A patch format the server takes. `json`: a merge patch as `application/json`, the habit of most APIs. `any`: whatever its type, the body's
 * members are laid over the document's, as `{ ...document, ...body }` does; of a JSON Patch that makes members `0`, `1` ….
 */
export type PatchForm = 'json-patch' | 'merge-patch' | 'json' | 'any';

/**
 * What a successful write answers with. `representation`: the document and its version. `minimal`: its version only (204, or where
 * the version is in the body, a body of nothing else). `no-version`: the document without its version. `nothing`: 204 without either.
 */
export type AnswerForm = 'representation' | 'minimal' | 'no-version' | 'nothing';

/** A write that was committed. */
export interface CommittedWrite {
  readonly method: string;
  readonly path: string;
  /** The document as it is kept now. */
  readonly value: JsonValue;
  /** The document before; undefined where there was none. */
  readonly before: JsonValue | undefined;
}

/** An answer made by hand, under the new version. Headers are added to those that name it; a body that is no string is sent as JSON. */
export interface CustomAnswer {
  /** Default: 201 for what is new, else 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A cache in front of the server. It keeps what was read, and forgets it when a write goes through that succeeds (RFC 9111, section 4.4). */
export interface CacheOptions {
  /** How long a copy is given out, in ms. */
  readonly ttl: number;
  /** Seconds that every copy has spent in other caches before: `Age` starts there. Default 0. */
  readonly age?: number;
  /** A request's `Cache-Control: no-cache` is obeyed. Default false: most caches in front of APIs do not. */
  readonly obeysNoCache?: boolean;
}

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
  readonly answer?: AnswerForm | ((write: CommittedWrite) => AnswerForm | CustomAnswer);
  /** Keeps another form of a document than what was sent, by one step or by several in order. Default: as it was sent. */
  readonly normalise?: Normaliser | readonly Normaliser[];
  /** The header that says whose documents a request is about, such as `authorization`; see `server.tenant()`. Default: all are everybody's. */
  readonly tenants?: string;
  /** The query that reads some members only: with `fields`, `?fields=title,tags`. Default: none. */
  readonly select?: string;
  /** Default: none. */
  readonly cache?: CacheOptions;
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
  readonly answer: (write: CommittedWrite) => AnswerForm | CustomAnswer;
  readonly normalisers: readonly Normaliser[];
  readonly tenants: string | undefined;
  readonly select: string | undefined;
  readonly cache: Required<CacheOptions> | undefined;
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
  const { conflictBody = 'problem', answer = 'representation', cache } = options;
  return {
    versions,
    couchdb,
    staleStatus: oneOf('status', options.status ?? (versions.inBody ? 409 : 412), [409, 412]),
    requirePrecondition: options.requirePrecondition ?? false,
    patches: (options.patches ?? (couchdb ? [] : ['json-patch', 'merge-patch'])).map((form) =>
      oneOf('patches', form, ['json-patch', 'merge-patch', 'json', 'any']),
    ),
    answer: typeof answer === 'function' ? answer : answering(answer),
    normalisers: [options.normalise ?? []].flat().map(normaliser),
    tenants: options.tenants,
    select: options.select,
    cache: cache && {
      ttl: amount('cache.ttl', cache.ttl),
      age: amount('cache.age', cache.age ?? 0),
      obeysNoCache: cache.obeysNoCache ?? false,
    },
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

function answering(form: AnswerForm): () => AnswerForm {
  oneOf('answer', form, ['representation', 'minimal', 'no-version', 'nothing']);
  return () => form;
}

const normaliser = (step: Normaliser): Normaliser =>
  typeof step === 'function'
    ? step
    : oneOf<Extract<Normaliser, string>>('normalise', step, ['trim', 'lower-case', 'round', 'sort', 'ids']);

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
