import { InvalidOptionsError, type JsonValue, type Pointer } from '../core.js';
import type { ServerRequest } from '../wire/request.js';
import { type EntityTag, formatTag, parseTag } from './entity-tag.js';
import { parseText, textOf } from './json-text.js';
import { parsePlace, readPlace, withPlace } from './place.js';
import type { LiveState, State } from './store.js';

/** A version that is a number inside the body. */
export interface FieldMode {
  /** Where it is in what the server sends. */
  readonly field: Pointer;
  /**
   * Where writes must name it. Default `body`: at the same place of a PUT or merge patch, and in a JSON Patch as a
   * leading `test`. The others are the `send` forms of the library's `field()`.
   */
  readonly sent?:
    | 'body'
    | 'if-match'
    | { readonly header: string }
    | { readonly query: string }
    | { readonly pointer: Pointer };
}

/**
 * How documents are versioned. `etag`: strong tags `"1"`, `"2"` …. `weak-etag`: `W/"1"`, taken back as they are (OData, FHIR).
 * `rev`: CouchDB's `_rev` in the body. `last-modified`: dates, a second apart for every commit at least.
 */
export type VersionMode = 'etag' | 'weak-etag' | 'rev' | 'last-modified' | FieldMode | TagMode;

/**
 * Tags of your own, by how often the document was written: `(count) => \`"page-${count}-pt-br"\``. They go out as they are, malformed ones
 * too, and fit where the same text comes back. Undefined: no tag.
 */
export interface TagMode {
  readonly tag: (count: number) => string | undefined;
}

/** A version mode at work. */
export interface Versions {
  /** The version travels in the body, not in a header. */
  readonly inBody: boolean;
  readonly weakIfMatch: boolean;
  /** The version as clients know it: the header's text, the `_rev`, the number in digits. */
  text(state: State): string;
  /** Headers that name the version of a state. */
  headers(state: LiveState): readonly (readonly [name: string, value: string])[];
  /** What If-Match and If-None-Match are compared with. */
  tag(state: State): EntityTag | undefined;
  /** What If-Unmodified-Since and If-Modified-Since are compared with, in ms. */
  modified(state: State): number | undefined;
  /** The text of a state as it is sent, the version included where it is in the body. */
  show(state: LiveState): string;
  /** A body of nothing but the version, where it is in the body. */
  bare(state: LiveState): string | undefined;
  /** The place of the version in a body, for a JSON Patch `test` on it. */
  readonly pointer: Pointer | undefined;
  /** A value as it is kept: without the version. */
  strip(value: JsonValue): JsonValue;
  /** The version that a write names outside of the standard conditional headers. */
  claim(request: ServerRequest, body: JsonValue | undefined): string | undefined;
}

const plain = {
  inBody: false,
  weakIfMatch: false,
  headers: () => [],
  tag: () => undefined,
  modified: () => undefined,
  bare: () => undefined,
  pointer: undefined,
  show: (state: LiveState) => state.text,
  strip: (value: JsonValue) => value,
  claim: () => undefined,
};

const quoted = (text: string | number): EntityTag => ({ weak: false, opaque: `"${text}"` });

function etags(weak: boolean): Versions {
  const tag = (state: State): EntityTag => ({ ...quoted(state.count), weak });
  const text = (state: State): string => formatTag(tag(state));
  return { ...plain, weakIfMatch: weak, tag, text, headers: (state) => [['ETag', text(state)]] };
}

function customTags({ tag }: TagMode): Versions {
  const entityTag = (state: State): EntityTag | undefined => {
    const text = tag(state.count);
    return text === undefined ? undefined : (parseTag(text) ?? { weak: false, opaque: text });
  };
  const text = (state: State): string => tag(state.count) ?? String(state.count);
  return { ...plain, tag: entityTag, text, headers: (state) => (entityTag(state) ? [['ETag', text(state)]] : []) };
}

function dates(): Versions {
  const text = (state: State): string => new Date(state.dated).toUTCString();
  return { ...plain, modified: (state) => state.dated, text, headers: (state) => [['Last-Modified', text(state)]] };
}

function fields({ field, sent = 'body' }: FieldMode): Versions {
  const place = parsePlace(field, 'version.field');
  const sentPlace =
    typeof sent === 'object' && 'pointer' in sent ? parsePlace(sent.pointer, 'version.sent.pointer') : place;
  const literal = (value: JsonValue | undefined): string | undefined =>
    typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
  return {
    ...plain,
    inBody: true,
    weakIfMatch: true,
    text: (state) => String(state.count),
    tag: (state) => (sent === 'if-match' ? quoted(state.count) : undefined),
    pointer: field,
    bare: (state) => textOf(withPlace({}, place, state.count)),
    show: (state) => textOf(withPlace(parseText(state.text), place, state.count)),
    strip: (value) => withPlace(sentPlace === place ? value : withPlace(value, sentPlace, undefined), place, undefined),
    claim: (request, body) => {
      if (sent === 'if-match') return undefined;
      if (typeof sent === 'object' && 'header' in sent) return request.headers.get(sent.header) ?? undefined;
      if (typeof sent === 'object' && 'query' in sent) return request.query.get(sent.query) ?? undefined;
      return literal(readPlace(body, sentPlace));
    },
  };
}

function revs(): Versions {
  const place = ['_rev'];
  const text = (state: State): string => `${state.count}-${digest(state.text ?? '')}`;
  return {
    ...plain,
    inBody: true,
    text,
    tag: (state) => quoted(text(state)),
    headers: (state) => [['ETag', `"${text(state)}"`]],
    show: (state) => textOf(withPlace(parseText(state.text), place, text(state))),
    strip: (value) => withPlace(value, place, undefined),
    claim: (request, body) => {
      const rev = readPlace(body, place);
      return typeof rev === 'string' ? rev : (request.query.get('rev') ?? undefined);
    },
  };
}

/** FNV-1a, four lanes: a rev only has to look like one and to follow from the content. */
function digest(text: string): string {
  return [0, 1, 2, 3]
    .map((lane) => {
      let hash = 0x811c9dc5 ^ lane;
      for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}

export function resolveVersions(mode: VersionMode): Versions {
  if (typeof mode === 'object') return 'tag' in mode ? customTags(mode) : fields(mode);
  if (mode === 'etag' || mode === 'weak-etag') return etags(mode === 'weak-etag');
  if (mode === 'last-modified') return dates();
  if (mode === 'rev') return revs();
  throw new InvalidOptionsError(
    `version must be 'etag', 'weak-etag', 'rev', 'last-modified', { field: '/version' } or { tag: (count) => … }; got ${JSON.stringify(mode)}.`,
    { option: 'version' },
  );
}
