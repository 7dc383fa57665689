import type { Operation } from 'fast-json-patch';
import type { Input, Options as KyOptions } from 'ky';
import type { JsonValue, PointerPattern } from '../../core/json.js';
import { apply } from '../../core/patch/apply.js';
import { applyMergePatch } from '../../core/patch/merge-patch.js';
import type { MergeRule } from '../../core/rules/rule.js';
import type { Intent } from '../../engine/queue/edit-input.js';
import { intentTo } from '../../engine/queue/edit-input.js';
import { parseBody } from '../../protocol/body/body.js';
import type { VerbOptions } from '../options/client-options.js';
import { isJsonType, mediaType } from './plain-verb.js';

/** A body this library understands, and what it is. */
export type PlainBody =
  | { readonly form: 'json-patch'; readonly operations: Operation[] }
  | { readonly form: 'merge-patch' | 'put'; readonly value: JsonValue };

/**
 * What a plain verb's body says: JSON Patch, merge patch, or the whole JSON by PUT. Most APIs take a PATCH as
 * `application/json` or a type of their own: an object there is read as a merge patch, a list of operations as a JSON Patch.
 * Text without a type of its own is JSON where it parses as such. `undefined` for everything else.
 */
export function understand(method: string, contentType: string | undefined, text: string): PlainBody | undefined {
  const type = mediaType(contentType);
  const parsed = parseBody(text);
  if (!parsed.json) return undefined;
  const { value } = parsed;
  const isUntyped = (type === '' || type === 'text/plain') && typeof value === 'object' && value !== null;
  const isJson = isUntyped || isDocument(type);
  if (method === 'PUT') return isJson ? { form: 'put', value } : undefined;
  if (type === 'application/merge-patch+json') return { form: 'merge-patch', value };
  if (type !== 'application/json-patch+json' && !(isJson && type !== 'application/scim+json')) return undefined;
  if (Array.isArray(value)) return isPatch(value) ? { form: 'json-patch', operations: value } : undefined;
  return isJson && typeof value === 'object' && value !== null ? { form: 'merge-patch', value } : undefined;
}

/**
 * The edit such a body means, made from `base`.
 *
 * @throws InvalidPatchError for a JSON Patch that does not fit its base.
 */
export function intentOf(body: PlainBody, base: JsonValue, merge: Record<PointerPattern, MergeRule>): Intent {
  if (body.form === 'json-patch')
    return { base, patch: body.operations, local: apply(base, body.operations), isDerived: false };
  return intentTo(base, body.form === 'put' ? body.value : applyMergePatch(base, body.value), merge);
}

/** A patch is JSON too, but tells what to change and not what the resource is to be. */
function isDocument(type: string): boolean {
  return isJsonType(type) && !type.endsWith('patch+json');
}

/** Whether it looks like a patch at all; whether each operation is right, apply() says. */
function isPatch(value: readonly unknown[]): value is Operation[] {
  const isOperation = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && 'op' in item && 'path' in item;
  return value.every(isOperation);
}

/**
 * The text of the body ky would send. Undefined: there is none, or it is nothing this library can use (a form, a
 * stream). A Request's body is read from a copy, and only where it is said to be JSON: another may be large, or never end.
 */
export async function textOf(
  input: Input,
  options: VerbOptions,
  type: string | undefined,
): Promise<string | undefined> {
  const { json, body, stringifyJson } = options;
  if (json !== undefined) return stringifyJson?.(json) ?? JSON.stringify(json);
  if (typeof body === 'string') return body;
  if (body !== undefined || !(input instanceof Request) || input.body === null) return undefined;
  return isReadable(type) ? input.clone().text() : undefined;
}

/** What `fetch` itself calls a text that was given no type is worth a look, too (Fetch standard, 5.2). */
function isReadable(type: string | undefined): boolean {
  return isJsonType(type) || type?.toLowerCase() === 'text/plain;charset=utf-8';
}

/** How a request is sent if nobody says otherwise. */
const USUAL = {
  cache: 'default',
  credentials: 'same-origin',
  integrity: '',
  keepalive: false,
  mode: 'cors',
  referrerPolicy: '',
} as const;

/** What a Request says of how it is to be sent, for one that is made in its place. Not every platform says all of it. */
export function carriedBy(request: Request): KyOptions {
  const said = Object.entries(USUAL).flatMap(([name, usual]): [string, unknown][] => {
    const value: unknown = Reflect.get(request, name);
    // Only the browser itself navigates (Fetch standard, 5.4).
    return value === undefined || value === usual || value === 'navigate' ? [] : [[name, value]];
  });
  return Object.fromEntries(said);
}
