import type { JsonValue, Patch } from '../../core/json.js';
import { toMergePatch } from '../../core/patch/merge-patch.js';
import { formatPointer, getAt } from '../../core/pointer.js';
import type { Guard } from '../versions/version-scheme.js';
import { type LiteralPlace, type Literals, stringifyWith } from './splice.js';

/** The forms a write can have without knowing the API. */
export type WriteFormName = 'json-patch' | 'merge-patch' | 'put';

export interface WriteInput {
  readonly form: WriteFormName;
  /** The newest state on the server, inside its envelope; `undefined` for a create, which is a PUT of the whole, whatever the form. */
  readonly base: JsonValue | undefined;
  /** What it shall become. */
  readonly local: JsonValue;
  /** Leads from the one to the other. */
  readonly patch: Patch;
  readonly guard: Guard | undefined;
  /** The envelope's `write`; without an envelope the same value comes back. */
  readonly wrap: (value: JsonValue) => unknown;
  /** How numbers are written that binary64 does not hold. */
  readonly literals?: Literals | undefined;
}

/** A write as data. The bytes are final: versions are in there with all their digits. */
export interface WriteParts {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

/** Why this form cannot say it. The caller goes on with the next form. */
export interface WriteProblem {
  readonly impossible: string;
}

/**
 * The request of a write. A JSON Patch (RFC 6902) carries a version from the body as a leading `test`, a merge patch (RFC 7396) and a PUT carry it at its place in
 * the body; header and query guards go with any form.
 *
 * Numbers that binary64 does not hold are written with the digits they had; where that cannot be told, nothing is.
 */
export function buildWrite(input: WriteInput): WriteParts | WriteProblem {
  const { base, form } = input;
  if (base === undefined || form === 'put') return putParts(input);
  return form === 'json-patch' ? jsonPatchParts(input) : mergePatchParts(input, base);
}

/** The request of a delete. It has no body, so only header and query guards can make it conditional. */
export function buildDelete(guard: Guard | undefined): WriteParts | WriteProblem {
  if (guard !== undefined && guard.in !== 'header' && guard.in !== 'query') {
    return {
      impossible:
        "a DELETE has no body, and the version travels in the body. Say how this API takes it, for example field(pointer, { delete: 'if-match' }) or { delete: { query: 'version' } }, or give `write` a function",
    };
  }
  return parts('DELETE', undefined, undefined, guard);
}

function jsonPatchParts({ local, patch, guard, wrap, literals }: WriteInput): WriteParts | WriteProblem {
  if (wrap(local) !== local) {
    return { impossible: 'the paths of a JSON Patch start inside the envelope, and the server looks from outside' };
  }
  // `test` is what every server of RFC 6902 obeys; an echoed version inside a patch would overwrite it on those that do not look at it.
  const tests = placesOf(guard).map(
    ({ tokens, literal }) => `{"op":"test","path":${JSON.stringify(formatPointer(tokens))},"value":${literal}}`,
  );
  const written = stringifyWith(patch, [], literals);
  if ('impossible' in written) return written;
  const operations = patch.length === 0 ? [] : [written.text.slice(1, -1)];
  return parts('PATCH', 'application/json-patch+json', `[${[...tests, ...operations].join(',')}]`, guard);
}

function mergePatchParts({ local, guard, wrap, literals }: WriteInput, base: JsonValue): WriteParts | WriteProblem {
  if (guard?.in === 'test') return NO_TEST;
  const merge = toMergePatch(base, local);
  if (merge === undefined)
    return { impossible: 'a merge patch cannot set a member to null: null removes it (RFC 7396)' };
  const outer = wrap(merge.patch);
  if (!holds(outer, merge.patch))
    return { impossible: 'the envelope changes the value, and a merge patch inside it would mean something else' };
  // A merge patch replaces arrays whole: a version inside one would come back alone.
  if (outer === merge.patch && placesOf(guard).some((place) => crossesArray(base, place.tokens))) {
    return { impossible: 'the version is inside an array, which a merge patch can only replace as a whole' };
  }
  return withBody('PATCH', 'application/merge-patch+json', outer, guard, literals);
}

function putParts({ local, guard, wrap, literals }: WriteInput): WriteParts | WriteProblem {
  return guard?.in === 'test' ? NO_TEST : withBody('PUT', 'application/json', wrap(local), guard, literals);
}

const NO_TEST: WriteProblem = {
  impossible: 'the version travels as a JSON Patch `test`, which this form does not have',
};

function withBody(
  method: string,
  type: string,
  value: unknown,
  guard: Guard | undefined,
  literals: Literals | undefined,
): WriteParts | WriteProblem {
  const written = stringifyWith(value, placesOf(guard), literals);
  return 'impossible' in written ? written : parts(method, type, written.text, guard);
}

function parts(
  method: string,
  type: string | undefined,
  body: string | undefined,
  guard: Guard | undefined,
): WriteParts {
  return {
    method,
    headers: [
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
      ...(guard?.in === 'header' ? [[guard.name, guard.value] as const] : []),
    ],
    query: guard?.in === 'query' ? guard.parameters : [],
    body,
  };
}

function placesOf(guard: Guard | undefined): readonly LiteralPlace[] {
  return guard?.in === 'body' || guard?.in === 'test' ? guard.places : [];
}

const DEEPEST_ENVELOPE = 8;

/** Whether an envelope has this very value somewhere inside, and not a text made from it. */
function holds(outer: unknown, value: unknown, depth: number = DEEPEST_ENVELOPE): boolean {
  if (outer === value) return true;
  if (typeof outer !== 'object' || outer === null || depth === 0) return false;
  return Object.values(outer).some((inner) => holds(inner, value, depth - 1));
}

function crossesArray(base: JsonValue, tokens: readonly string[]): boolean {
  return tokens.some((_, depth) => {
    const side = getAt(base, tokens.slice(0, depth));
    return side.present && Array.isArray(side.value);
  });
}

/** Which patch formats a server says it takes. */
export interface AcceptedPatches {
  readonly jsonPatch: boolean;
  readonly mergePatch: boolean;
}

/** What `Accept-Patch` says (RFC 5789 3.1); `undefined` without it. Wildcards count as both. */
export function acceptsPatch(headers: Headers): AcceptedPatches | undefined {
  const value = headers.get('accept-patch');
  if (value === null) return undefined;
  const types = value.split(',').map((item) => (item.split(';', 1)[0] ?? '').trim().toLowerCase());
  const any = types.includes('*/*') || types.includes('application/*');
  return {
    jsonPatch: any || types.includes('application/json-patch+json'),
    mergePatch: any || types.includes('application/merge-patch+json'),
  };
}
