import type { CallOptions, CreateOptions, DeleteOptions, EditOptions } from '../../contract/resource.js';
import { InvalidOptionsError } from '../../core/errors.js';
import { meantBy, refuse, refuseUnknown } from '../../core/refuse-unknown.js';
import { OF_RESOURCE } from './check-resource-options.js';
import type { ClientOptions, MemoryLimits, VerbOptions } from './client-options.js';

type OwnName = Exclude<keyof ClientOptions, Exclude<keyof VerbOptions, 'base'>>;

/** Tables, so that a new option without its name here does not compile. */
const CLIENT: Record<OwnName, true> = {
  resources: true,
  defaults: true,
  logger: true,
  onEvent: true,
  memory: true,
  maxBodyBytes: true,
  locks: true,
  outbox: true,
};

const OF_MEMORY: Record<keyof MemoryLimits, true> = { entries: true, bytes: true };

/** ky's own, and those of `fetch`, which ky hands on. */
const KYS =
  'baseUrl body cache context credentials duplex fetch headers hooks integrity json keepalive method mode onDownloadProgress onUploadProgress parseJson prefix priority redirect referrer referrerPolicy retry searchParams signal stringifyJson throwHttpErrors timeout totalTimeout window';

const OF_GET: Record<keyof CallOptions, true> = { signal: true, headers: true, retry: true };
const OF_EDIT: Record<keyof EditOptions, true> = {
  ...OF_GET,
  base: true,
  merge: true,
  resolve: true,
  origin: true,
  strategy: true,
};
interface Calls {
  readonly get: Record<keyof CallOptions, true>;
  readonly edit: Record<keyof EditOptions, true>;
  readonly patch: Record<keyof EditOptions, true>;
  readonly replace: Record<keyof EditOptions, true>;
  readonly create: Record<keyof CreateOptions, true>;
  readonly delete: Record<keyof DeleteOptions, true>;
}

/** Those of single calls. */
const OF_CALL: Calls = {
  get: OF_GET,
  edit: OF_EDIT,
  patch: OF_EDIT,
  replace: OF_EDIT,
  create: { ...OF_GET, merge: true, resolve: true, origin: true },
  delete: { ...OF_GET, base: true, onStale: true, origin: true },
};

/** @throws InvalidOptionsError for an option that a single call does not have, or that only a recipe has. */
export function refuseUnknownIn(call: keyof Calls, given: object): void {
  const names = Object.keys(OF_CALL[call]);
  for (const [name, value] of Object.entries(given)) {
    if (name === 'strategy' && value === 'replay' && call !== 'edit') {
      throw new InvalidOptionsError("strategy: 'replay' runs a recipe again, and only edit() has one.", {
        option: 'strategy',
      });
    }
    if (names.includes(name)) continue;
    const ofResource = Object.hasOwn(OF_RESOURCE, name) ? name : meantBy(name, Object.keys(OF_RESOURCE));
    const meant = Object.hasOwn(OF_RESOURCE, name) ? undefined : meantBy(name, names);
    refuse(`${call}() options`, name, meant ?? (ofResource && `resource(url, { ${ofResource} })`));
  }
}

/** Of a client's options only those that look like ours or ky's: others are for `fetch`, and a platform knows more of them than we do. */
export function refuseMisspelt(given: ClientOptions): void {
  refuseUnknown(Object(given.memory), 'options.memory', Object.keys(OF_MEMORY));
  const kys = KYS.split(' ');
  const known = [...Object.keys(CLIENT), ...kys];
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    if (Object.hasOwn(OF_RESOURCE, name)) refuse('options', name, `defaults.${name}`);
    const meant = meantBy(name, known);
    if (meant === undefined) continue;
    refuse('options', name, Object.hasOwn(OF_RESOURCE, meant) && !kys.includes(meant) ? `defaults.${meant}` : meant);
  }
}
