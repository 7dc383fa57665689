import { InvalidOptionsError } from '../core/errors.js';
import type { Pointer } from '../core/json.js';
import { formatPointer } from '../core/pointer.js';
import { asTag, type TagFormat } from './field-format.js';
import { optionTokens } from './option-pointer.js';
import { literalsOf, wireTextOf } from './token-text.js';
import type { Guard } from './version-scheme.js';

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
export function sender(
  places: readonly (readonly string[])[],
  send: FieldSend,
  format: FieldFormat,
): (version: string) => Guard {
  const write = formatter(format);
  const count = places.length;
  if (send === 'body') {
    return (version) => {
      const literals = literalsOf(version, count);
      return { in: 'body', places: places.map((tokens, index) => ({ tokens, literal: literals[index] ?? 'null' })) };
    };
  }
  if (send === 'test') {
    return (version) => {
      const literals = literalsOf(version, count);
      return {
        in: 'test',
        tests: places.map((tokens, index) => ({ path: formatPointer(tokens), literal: literals[index] ?? 'null' })),
      };
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
