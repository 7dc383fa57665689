import { InvalidOptionsError } from '../../core/errors.js';
import type { JsonValue, Pointer } from '../../core/json.js';
import { optionTokens } from './token-text.js';
import type { Guard } from './version-scheme.js';

/**
 * What makes a create fail where the resource exists. Default `if-none-match`: the header of RFC 9110 13.1.2, which a server without it ignores. `none` where
 * a write without a version is create-only by itself (CouchDB, Contentful). Else what the API has for it: `{ query: { op_type: 'create' } }`, `{ header: … }`,
 * `{ body: { '/options/cas': 0 } }`.
 */
export type CreateGuard =
  | 'if-none-match'
  | 'none'
  | { readonly header: Readonly<Record<string, string>> }
  | { readonly query: Readonly<Record<string, string>> }
  | { readonly body: Readonly<Record<Pointer, JsonValue>> };

/** Checks the option once and returns the guard of a create. */
export function creation(create: CreateGuard, owner: 'etag' | 'field'): Guard | undefined {
  if (create === 'none') return undefined;
  if (create === 'if-none-match') return { in: 'header', name: 'If-None-Match', value: '*' };
  if (typeof create === 'object' && create !== null) {
    if ('header' in create) {
      const [first, ...rest] = Object.entries(create.header);
      if (first !== undefined && rest.length === 0) return { in: 'header', name: first[0], value: first[1] };
    } else if ('query' in create) {
      return { in: 'query', parameters: Object.entries(create.query) };
    } else if ('body' in create) {
      const places = Object.entries(create.body).map(([pointer, value]) => ({
        tokens: optionTokens(pointer, `${owner}({ create: { body } })`),
        literal: JSON.stringify(value),
      }));
      return { in: 'body', places };
    }
  }
  throw new InvalidOptionsError(
    `${owner}({ create }) must be "if-none-match", "none", { header } with one header, { query } or { body }. It is ${JSON.stringify(create)}.`,
    { option: `${owner}.create` },
  );
}
