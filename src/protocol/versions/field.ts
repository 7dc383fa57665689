import { InvalidOptionsError } from '../../core/errors.js';
import type { JsonValue, Pointer } from '../../core/json.js';
import { setOwn } from '../../core/json.js';
import { openDraft, writableParent } from '../../core/patch/draft.js';
import { getAt } from '../../core/pointer.js';
import { refuseUnknown } from '../../core/refuse-unknown.js';
import { type CreateGuard, creation } from './create-guard.js';
import { asTag, isHeaderValue, isOneTag, type TagFormat } from './etag-codec.js';
import { literalOf, literalsOf, optionTokens, tokenAt, wireTextOf } from './token-text.js';
import type { Guard, VersionCodec, VersionedAnswer, VersionScheme } from './version-scheme.js';

/** Options of {@link field}. */
export interface FieldOptions {
  /** How it is sent back. Default `body`, at the same place. */
  readonly send?: FieldSend;
  /** How it is written in a header or query. Default `verbatim`. */
  readonly format?: FieldFormat;
  /** How it is sent with a delete, which has no body: `if-match`, a header or a query. Default: as `send`, where that needs no body. */
  readonly delete?: Exclude<FieldSend, 'body' | 'test' | { readonly pointer: Pointer }>;
  /** What makes a create fail if the resource exists. Default `if-none-match`. */
  readonly create?: CreateGuard;
  /** Where the answer to a write has the new version, as many as there are pointers (`/rev` for `/_rev`). Default: the same place. */
  readonly written?: Pointer | readonly Pointer[];
}

const KNOWN: Record<keyof FieldOptions, true> = { send: true, format: true, delete: true, create: true, written: true };

/**
 * Versions are inside the body, and go back as the JSON literal they were: numbers stay numbers, and a 64-bit integer keeps all its digits.
 *
 * As text, a version is that literal; a string is its content, as long as that could not be taken for a number or another literal.
 * Several pointers make one version: a JSON array of their literals. Missing, `null` and `""` are no versions, nor is one that its header cannot carry.
 *
 * @example
 * ```ts
 * import { createClient, field } from 'unconflict';
 * const client = createClient({ defaults: { version: field('/metadata/resourceVersion') } });
 * ```
 * @returns a scheme for `version` of the resource options.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a malformed pointer, an unknown option, or a `send` that cannot carry that many tokens.
 * @see RFC 6901 (JSON Pointer), RFC 6902 4.6 (`test`)
 */
export function field(pointer: Pointer | readonly Pointer[], options: FieldOptions = {}): VersionScheme {
  refuseUnknown(options, 'field()', Object.keys(KNOWN));
  const { send = 'body', delete: sendDelete, format = 'verbatim', create = 'if-none-match', written } = options;
  const places = pointers(pointer, 'field(pointer)');
  const later = written === undefined ? undefined : pointers(written, 'field({ written })');
  if (later !== undefined && later.length !== places.length) {
    throw new InvalidOptionsError(
      `field({ written }) must name as many places as the first argument does, ${places.length}.`,
      {
        option: 'field.written',
      },
    );
  }
  const guard = sender(places, send, format);
  const guardDelete = sendDelete === undefined ? guard : sender(places, sendDelete, format);
  const guardCreate = creation(create, 'field');
  const shown = typeof pointer === 'string' ? pointer : pointer.join(' and ');

  const codec: VersionCodec = {
    name: 'field',
    versioned: true,
    source: `${shown} in the body`,
    corsHeader: undefined,
    withoutVersion: (value) => replaceVersion(places, value, undefined),
    withVersion: (value, version) => replaceVersion(places, value, literalsOf(version, places.length)),
    read: (answer) => {
      const version = readAll(answer, places) ?? (later === undefined ? undefined : readAll(answer, later));
      return version !== undefined && canTravel(guard(version)) ? version : undefined;
    },
    guard,
    guardDelete,
    guardCreate: () => guardCreate,
    key: (version) => version,
    dubious: () => false,
    refuses: () => false,
  };
  return Object.freeze(codec);
}

function pointers(pointer: Pointer | readonly Pointer[], option: string): readonly (readonly string[])[] {
  const list = typeof pointer === 'string' || !Array.isArray(pointer) ? [pointer] : pointer;
  if (list.length === 0) throw new InvalidOptionsError(`${option} must name at least one place.`, { option });
  return list.map((one) => optionTokens(one, option));
}

function readAll(answer: VersionedAnswer, places: readonly (readonly string[])[]): string | undefined {
  const literals: string[] = [];
  for (const tokens of places) {
    const version = tokenAt(answer, tokens);
    if (version === undefined) return undefined;
    if (places.length === 1) return version;
    literals.push(literalOf(version));
  }
  return `[${literals.join(',')}]`;
}

/**
 * A token with line breaks is an attack or a mistake; a header with it would throw in the middle of a write. `*` and lists
 * of tags would match more than the one version.
 */
function canTravel(guard: Guard): boolean {
  if (guard.in !== 'header') return true;
  return isHeaderValue(guard.value) && (guard.name.toLowerCase() !== 'if-match' || isOneTag(guard.value));
}

/**
 * How a version from a body goes back. `body`: at the same place. `if-match`: as an entity tag. `test`: as a leading JSON Patch `test`. Else as an own header, as
 * query parameters (one name per token), or at another place of the body.
 */
export type FieldSend =
  | 'body'
  | 'if-match'
  | 'test'
  | { readonly header: string }
  | { readonly query: string | readonly string[] }
  | { readonly pointer: Pointer };

/** How the token is written in a header or query: as it is, as a strong or weak entity tag, or by a function. */
export type FieldFormat = TagFormat | ((token: string) => string);

/** Checks `send` and `format` once and returns what turns a version into a guard. */
function sender(
  places: readonly (readonly string[])[],
  send: FieldSend,
  format: FieldFormat,
): (version: string) => Guard {
  const write = formatter(format);
  const count = places.length;
  if (send === 'body' || send === 'test') {
    return (version) => {
      const literals = literalsOf(version, count);
      return { in: send, places: places.map((tokens, index) => ({ tokens, literal: literals[index] ?? 'null' })) };
    };
  }
  if (send === 'if-match') {
    if (count > 1 && typeof format !== 'function')
      throw tooMany('send: "if-match"', count, 'give `format` a function that joins them');
    return (version) => ({ in: 'header', name: 'If-Match', value: write(version) });
  }
  if (typeof send !== 'object' || send === null) throw wrong('send', send);
  if ('header' in send) {
    const name = send.header;
    if (typeof name !== 'string' || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw wrong('send.header', name);
    if (count > 1 && typeof format !== 'function')
      throw tooMany('send: { header }', count, 'give `format` a function that joins them');
    return (version) => ({ in: 'header', name, value: write(version) });
  }
  if ('query' in send) {
    const names = typeof send.query === 'string' ? [send.query] : send.query;
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string' && name !== ''))
      throw wrong('send.query', send.query);
    if (names.length !== count)
      throw tooMany(`send: { query } with ${names.length} names`, count, 'name one parameter per pointer');
    return (version) => {
      const literals = literalsOf(version, count);
      return { in: 'query', parameters: names.map((name, index) => [name, write(literals[index] ?? 'null')] as const) };
    };
  }
  if ('pointer' in send) {
    if (count > 1) throw tooMany('send: { pointer }', count, 'send it by "body" or by query');
    const tokens = optionTokens(send.pointer, 'field({ send: { pointer } })');
    return (version) => ({ in: 'body', places: [{ tokens, literal: literalsOf(version, 1)[0] ?? 'null' }] });
  }
  throw wrong('send', send);
}

function formatter(format: FieldFormat): (version: string) => string {
  if (typeof format === 'function') return (version) => format(wireTextOf(version));
  if (format !== 'verbatim' && format !== 'quoted' && format !== 'weak') throw wrong('format', format);
  return (version) => asTag(wireTextOf(version), format);
}

function wrong(option: string, value: unknown): InvalidOptionsError {
  const choices = {
    format: '"verbatim", "quoted", "weak" or a function',
    send: '"body", "if-match", "test", { header }, { query } or { pointer }',
    'send.header': 'a header name',
    'send.query': 'a parameter name, or a list of them',
  }[option];
  return new InvalidOptionsError(
    `field({ ${option} }) must be ${choices}. It is ${JSON.stringify(value) ?? typeof value}.`,
    {
      option: `field.${option}`,
    },
  );
}

function tooMany(send: string, count: number, mend: string): InvalidOptionsError {
  return new InvalidOptionsError(
    `field() reads ${count} token${count === 1 ? '' : 's'}, which ${send} cannot carry: ${mend}.`,
    {
      option: 'field.send',
    },
  );
}

/**
 * A copy with another token at each of the places where a value carries its version.
 *
 * @param literals The new tokens as JSON text. Undefined: they are taken out.
 */
function replaceVersion(
  places: readonly (readonly string[])[],
  value: JsonValue,
  literals: readonly string[] | undefined,
): JsonValue {
  const draft = openDraft(value);
  for (const [index, tokens] of places.entries()) {
    const token = tokens.at(-1);
    if (token === undefined || !getAt(draft.root, tokens).present) continue;
    const parent = writableParent(draft, tokens);
    const version: JsonValue | undefined = literals === undefined ? undefined : JSON.parse(literals[index] ?? 'null');
    if (Array.isArray(parent)) parent.splice(Number(token), 1, ...(version === undefined ? [] : [version]));
    else if (parent !== undefined && version === undefined) delete parent[token];
    else if (parent !== undefined && version !== undefined) setOwn(parent, token, version);
  }
  return draft.root;
}
