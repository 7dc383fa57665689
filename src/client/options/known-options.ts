import { InvalidOptionsError } from '../../core/errors.js';
import type { AnyResourceOptions, ClientOptions, VerbOptions } from './client-options.js';

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

const RESOURCE: Record<keyof AnyResourceOptions, true> = {
  version: true,
  write: true,
  mergePatchType: true,
  body: true,
  headers: true,
  schema: true,
  merge: true,
  resolve: true,
  classify: true,
  retry: true,
  locked: true,
  gone: true,
  exists: true,
  idempotencyKey: true,
  readonly: true,
  requireVersion: true,
  conflictBody: true,
  createdMeansRecreated: true,
  origin: true,
  live: true,
};

/** ky's own, and those of `fetch`, which ky hands on. */
const KYS =
  'baseUrl body cache context credentials duplex fetch headers hooks integrity json keepalive method mode onDownloadProgress onUploadProgress parseJson prefix priority redirect referrer referrerPolicy retry searchParams signal stringifyJson throwHttpErrors timeout totalTimeout window';

/** What others call it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  prefixUrl: 'prefix',
  baseURL: 'baseUrl',
  onConflict: 'resolve',
  resolver: 'resolve',
  rules: 'merge',
  etag: 'version',
};

/** @throws InvalidOptionsError for a name that no option has, with the one that was probably meant. */
export function refuseUnknown(given: object, where: string): void {
  const names = Object.keys(RESOURCE);
  for (const name of Object.keys(given)) if (!names.includes(name)) refuse(where, name, meantBy(name, names));
}

/** Of a client's options only those that look like ours or ky's: others are for `fetch`, and a platform knows more of them than we do. */
export function refuseMisspelt(given: object): void {
  const kys = KYS.split(' ');
  const known = [...Object.keys(CLIENT), ...kys];
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    if (Object.hasOwn(RESOURCE, name)) refuse('options', name, `defaults.${name}`);
    const meant = meantBy(name, known);
    const { [meant ?? '']: isOfResource = false } = RESOURCE as Record<string, boolean>;
    if (meant !== undefined)
      refuse('options', name, isOfResource && !kys.includes(meant) ? `defaults.${meant}` : meant);
  }
}

function refuse(where: string, name: string, meant: string | undefined): never {
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  throw new InvalidOptionsError(`${where}.${name} is no option.${hint}`, { option: `${where}.${name}` });
}

function meantBy(name: string, known: readonly string[]): string | undefined {
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name];
  return known.find((other) => distance(name.toLowerCase(), other.toLowerCase()) <= Math.min(2, other.length / 3));
}

/** Letters to be put in, left out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const above = row;
    row = [at + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
