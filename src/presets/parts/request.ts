import type { WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import { InvalidOptionsError } from '../../core/errors.js';
import { stringifyWith } from '../../protocol/body/splice.js';
import type { Guard, VersionScheme } from '../../protocol/versions/version-scheme.js';
import { codecOf } from '../../protocol/versions/version-scheme.js';

/** A write with a JSON body, before its version is put in. */
export interface JsonWrite {
  readonly method: string;
  readonly url: string;
  /** No body without it. */
  readonly value?: unknown;
  /** What the write is conditional on. Goes into headers, query or body, digit for digit. */
  readonly guard?: Guard | undefined;
  /** Default `application/json`. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: readonly (readonly [name: string, value: string])[];
}

/** Makes the request of a write. */
export function jsonRequest({
  method,
  url,
  value,
  guard,
  type = 'application/json',
  headers,
  query = [],
}: JsonWrite): WriteRequest {
  const parameters = [...query, ...(guard?.in === 'query' ? guard.parameters : [])];
  const request = {
    method,
    url: withQuery(url, parameters),
    headers: {
      ...headers,
      ...(value === undefined ? {} : { 'Content-Type': type }),
      ...(guard?.in === 'header' ? { [guard.name]: guard.value } : {}),
    },
  };
  if (value === undefined) return request;
  const written = stringifyWith(value, guard?.in === 'body' ? guard.places : []);
  if ('text' in written) return { ...request, body: written.text };
  throw new InvalidOptionsError(`${method} ${url} cannot be written: ${written.impossible}.`, { option: 'write' });
}

/** What makes this edit conditional under a scheme: its version, or that nothing is there yet. */
export function guardOf(scheme: VersionScheme, edit: WriteEdit<unknown>): Guard | undefined {
  const codec = codecOf(scheme);
  if (edit.kind === 'create') return codec.guardCreate();
  return edit.version === undefined ? undefined : codec.guard(edit.version);
}

/** The URL with these parameters, which replace those of the same name. */
export function withQuery(url: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  if (parameters.length === 0) return url;
  const [path = '', query = ''] = url.split('?', 2);
  const search = new URLSearchParams(query);
  for (const name of new Set(parameters.map(([name]) => name))) search.delete(name);
  for (const [name, value] of parameters) search.append(name, value);
  return `${path}?${search}`;
}

/** Where members of a collection are created: the URL without its last segment, the query kept. */
export function collectionOf(url: string): string {
  const [path = '', query] = url.split('?', 2);
  return path.replace(/\/[^/]+\/?$/, '') + (query === undefined ? '' : `?${query}`);
}

/** For what an API cannot do safely, or not at this URL. */
export function unsupported(preset: string, why: string): never {
  throw new InvalidOptionsError(`${preset}() ${why}.`, { option: 'write' });
}
