import type { LiveOptions } from '../../contract/live.js';
import type { CallOptions, CreateOptions, DeleteOptions, EditOptions } from '../../contract/resource.js';
import type { ConflictRetry, LockPolicy } from '../../contract/resource-options.js';
import { readPattern } from '../../core/read-pattern.js';
import { meantBy, refuse } from '../../core/refuse-unknown.js';
import { checkMerge } from '../../core/rules/check-merge.js';
import type { Checks } from './check.js';
import { aBoolean, aFunction, anything, checkOptions, isFunction, member, must, oneOf, tableOr } from './check.js';
import type { AnyResourceOptions, ClientOptions, MemoryLimits, VerbOptions } from './client-options.js';

const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0;

const amount = must('a number of at least 0', isAmount);
/** A delay without an end would be one. */
const finite = must('a number of at least 0, not Infinity', (value) => isAmount(value) && Number.isFinite(value));

const RETRY: Checks<ConflictRetry> = {
  attempts: must('a whole number of at least 1, because the first write is one', (value) =>
    Number.isInteger(value) ? Number(value) >= 1 : value === Number.POSITIVE_INFINITY,
  ),
  minDelay: finite,
  maxDelay: finite,
  deadline: amount,
  maxRetryAfter: amount,
  hookDeadline: amount,
};

const LOCKED: Checks<Exclude<LockPolicy, string>> = { maxWait: amount, release: aFunction };

const LIVE: Checks<LiveOptions> = {
  onFocus: aBoolean,
  onReconnect: aBoolean,
  every: must('a number of ms above 0, or false', (value) => value === false || (isAmount(value) && value !== 0)),
  tabs: must(
    'true, false or a name',
    (value) => typeof value === 'boolean' || (typeof value === 'string' && value !== ''),
  ),
};

/** RFC 9110 5.6.2: what a header may be called. The empty name means none. */
const HEADER = /^[!#$%&'*+.^_`|~\w-]*$/;

/** Every option of a resource; those that are complex are looked at where they are read. */
const RESOURCE: Checks<AnyResourceOptions> = {
  version: anything,
  write: oneOf("'json-patch', 'merge-patch', 'put'", ' or a function', isFunction),
  mergePatchType: anything,
  body: must('{ read, write }, two functions', (body) =>
    ['read', 'write'].every((name) => isFunction(member(body, name))),
  ),
  headers: anything,
  schema: must('a Standard Schema, as of zod, valibot or arktype', (schema) =>
    isFunction(member(member(schema, '~standard'), 'validate')),
  ),
  merge: (table, at) => checkMerge(Object(table), at),
  resolve: aFunction,
  classify: aFunction,
  retry: tableOr(RETRY, must(`{ ${Object.keys(RETRY).join(', ')} }`)),
  locked: tableOr(LOCKED, oneOf("'wait', 'error'", ' or { maxWait, release }')),
  gone: oneOf("'error', 'discard', 'recreate'"),
  exists: oneOf("'error', 'adopt', 'merge'"),
  idempotencyKey: must(
    'true, false or the name of a header',
    (key) => typeof key === 'boolean' || (typeof key === 'string' && HEADER.test(key)),
  ),
  readonly(patterns, at) {
    if (!Array.isArray(patterns)) return 'must be a list of pointer patterns: ["/id"]';
    for (const pattern of patterns) readPattern(pattern, at);
  },
  requireVersion: anything,
  conflictBody: aFunction,
  createdMeansRecreated: anything,
  origin: must("a name: 'person', 'agent'", (origin) => typeof origin === 'string' && origin !== ''),
  live: tableOr(
    LIVE,
    must('{ onFocus, onReconnect, every, tabs } or false', (value) => value === false),
  ),
};

/** @throws InvalidOptionsError for an option that no resource has, or that cannot be what it is. */
export function checkResource(given: object, where: string): void {
  checkOptions(given, RESOURCE, where);
}

type OwnName = Exclude<keyof ClientOptions, Exclude<keyof VerbOptions, 'base'>>;

const CLIENT: Checks<Pick<ClientOptions, OwnName>> = {
  resources(tables) {
    for (const [source, own] of Object.entries(Object(tables))) checkResource(Object(own), `resources["${source}"]`);
  },
  defaults: (own) => checkResource(Object(own), 'defaults'),
  logger: anything,
  onEvent: anything,
  memory: tableOr({ entries: amount, bytes: amount } satisfies Checks<MemoryLimits>, must('{ entries, bytes }')),
  maxBodyBytes: anything,
  locks: must(
    'a LockManager, as navigator.locks is, or false',
    (locks) => locks === false || isFunction(member(locks, 'request')),
  ),
  outbox: must('what outbox() of unconflict/outbox returns', (outbox) => isFunction(member(outbox, 'connect'))),
};

/** ky's own, and those of `fetch`, which ky hands on. */
export const KYS: readonly string[] =
  'baseUrl body cache context credentials duplex fetch headers hooks integrity json keepalive method mode onDownloadProgress onUploadProgress parseJson prefix priority redirect referrer referrerPolicy retry searchParams signal stringifyJson throwHttpErrors timeout totalTimeout window'.split(
    ' ',
  );

const GET: Checks<CallOptions> = { signal: anything, headers: anything, retry: anything };
const EDIT: Checks<EditOptions> = {
  ...GET,
  base: anything,
  merge: anything,
  resolve: anything,
  origin: anything,
  strategy: anything,
};
const PATCH: Checks<EditOptions> = {
  ...EDIT,
  strategy: (value) => value === 'replay' && "cannot be 'replay': that runs a recipe again, and only edit() has one",
};
interface Calls {
  readonly get: Checks<CallOptions>;
  readonly edit: Checks<EditOptions>;
  readonly patch: Checks<EditOptions>;
  readonly replace: Checks<EditOptions>;
  readonly create: Checks<CreateOptions>;
  readonly delete: Checks<DeleteOptions>;
}

/** Those of single calls. What a resource has as well is looked at with what the resource has. */
const CALLS: Calls = {
  get: GET,
  edit: EDIT,
  patch: PATCH,
  replace: PATCH,
  create: { ...GET, merge: anything, resolve: anything, origin: anything },
  delete: { ...GET, base: anything, onStale: anything, origin: anything },
};

const isOfResource = (name: string): boolean => Object.hasOwn(RESOURCE, name);

/** @throws InvalidOptionsError for an option that a single call does not have, or that only a recipe has. */
export function checkCall(call: keyof Calls, given: object): void {
  const where = `${call}() options`;
  checkOptions(given, CALLS[call], where, (name) => {
    const meant = isOfResource(name) ? undefined : meantBy(name, Object.keys(CALLS[call]));
    const ofResource = isOfResource(name) ? name : meantBy(name, Object.keys(RESOURCE));
    refuse(where, name, meant ?? (ofResource && `resource(url, { ${ofResource} })`));
  });
}

/** Of a client's options only those that look like ours or ky's: others are for `fetch`, and a platform knows more of them than we do. */
export function checkClient(given: object): void {
  checkOptions(given, CLIENT, 'options', (name) => {
    if (KYS.includes(name)) return;
    const known = [...Object.keys(CLIENT), ...KYS];
    const meant = isOfResource(name) ? name : meantBy(name, known);
    if (meant === undefined) return;
    refuse('options', name, isOfResource(meant) && !KYS.includes(meant) ? `defaults.${meant}` : meant);
  });
}
