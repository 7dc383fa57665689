/** RFC 9110, section 8.8.3. `opaque` keeps its quotes. */
export interface EntityTag {
  readonly weak: boolean;
  readonly opaque: string;
}

const TAG = /^(W\/)?("[\x21\x23-\x7e\x80-\uffff]*")$/;
const LIST_MEMBER = /\s*((?:W\/)?"[\x21\x23-\x7e\x80-\uffff]*")\s*(,|$)|\s*(,)/y;

export const formatTag = (tag: EntityTag): string => (tag.weak ? `W/${tag.opaque}` : tag.opaque);

export function parseTag(text: string): EntityTag | undefined {
  const [, weak, opaque] = TAG.exec(text) ?? [];
  return opaque === undefined ? undefined : { weak: weak !== undefined, opaque };
}

/**
 * Reads the value of If-Match or If-None-Match: `*`, or a list of entity tags. Undefined when it is neither.
 * Empty list members are skipped (RFC 9110, section 5.6.1.2); commas inside a tag belong to it.
 */
export function parseTagList(header: string): '*' | readonly EntityTag[] | undefined {
  const text = header.trim();
  if (text === '*') return '*';
  const tags: EntityTag[] = [];
  LIST_MEMBER.lastIndex = 0;
  while (LIST_MEMBER.lastIndex < text.length) {
    const found = LIST_MEMBER.exec(text);
    if (!found) return undefined;
    const tag = found[1] === undefined ? undefined : parseTag(found[1]);
    if (tag) tags.push(tag);
  }
  return tags.length > 0 ? tags : undefined;
}

/** RFC 9110, section 8.8.3.2: equal, and neither is weak. */
export const strongMatch = (a: EntityTag, b: EntityTag): boolean => !a.weak && !b.weak && a.opaque === b.opaque;

/** RFC 9110, section 8.8.3.2: equal, whether weak or not. */
export const weakMatch = (a: EntityTag, b: EntityTag): boolean => a.opaque === b.opaque;
