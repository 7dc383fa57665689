import { type EntityTag, parseTagList, strongMatch, weakMatch } from '../store/entity-tag.js';

/** What the conditional headers of a request come to. */
type Condition =
  /** `guarded`: a header proved that the client knows the state it writes over. */
  | { readonly result: 'pass'; readonly guarded: boolean }
  | { readonly result: 'stale' | 'exists' | 'not-modified' }
  | { readonly result: 'malformed'; readonly header: string };

/** The document as conditional headers see it; `exists` false: everything else is undefined. */
export interface Validators {
  readonly exists: boolean;
  readonly tag: EntityTag | undefined;
  /** Last-Modified in ms, whole seconds. */
  readonly modified: number | undefined;
  /** Compare If-Match weakly, as servers do that hand out weak tags only (OData, FHIR). Not RFC 9110. */
  readonly weakIfMatch: boolean;
  /** Take a bare `3-abc` for `"3-abc"`, as CouchDB does. */
  readonly bareTags: boolean;
  /** No listed tag matches, whatever it is: Apache, for a second after a write. */
  readonly rejectTags: boolean;
}

/** Evaluates conditional headers in the order of RFC 9110, section 13.2.2. */
export function evaluate(method: string, headers: Headers, document: Validators): Condition {
  const reading = method === 'GET' || method === 'HEAD';
  const ifMatch = headers.get('if-match');
  const ifUnmodifiedSince = parseDate(headers.get('if-unmodified-since'));
  let guarded = false;

  if (ifMatch !== null) {
    const asItIs = document.tag?.opaque === ifMatch ? [document.tag] : undefined;
    const wanted = parseTagList(ifMatch) ?? asItIs ?? (document.bareTags ? parseTagList(`"${ifMatch}"`) : undefined);
    if (wanted === undefined) return { result: 'malformed', header: 'If-Match' };
    const same = document.rejectTags ? () => false : document.weakIfMatch ? weakMatch : strongMatch;
    if (!matches(wanted, document, same)) return { result: 'stale' };
    guarded = true;
  } else if (ifUnmodifiedSince !== undefined && document.modified !== undefined) {
    if (document.modified > ifUnmodifiedSince) return { result: 'stale' };
    guarded = true;
  }

  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== null) {
    const unwanted = parseTagList(ifNoneMatch);
    if (unwanted === undefined) return { result: 'malformed', header: 'If-None-Match' };
    if (matches(unwanted, document, weakMatch))
      return { result: reading ? 'not-modified' : unwanted === '*' ? 'exists' : 'stale' };
    guarded = true;
  } else if (reading) {
    const ifModifiedSince = parseDate(headers.get('if-modified-since'));
    if (ifModifiedSince !== undefined && document.modified !== undefined && document.modified <= ifModifiedSince) {
      return { result: 'not-modified' };
    }
  }
  return { result: 'pass', guarded };
}

function matches(
  wanted: '*' | readonly EntityTag[],
  { exists, tag }: Validators,
  same: (a: EntityTag, b: EntityTag) => boolean,
): boolean {
  if (wanted === '*') return exists;
  if (!exists || tag === undefined) return false;
  return wanted.some((candidate) => same(candidate, tag));
}

/** A date that is no HTTP-date is ignored (RFC 9110, sections 13.1.3 and 13.1.4). */
function parseDate(header: string | null): number | undefined {
  if (header === null || !/ GMT$/.test(header.trim())) return undefined;
  const time = Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}
