/** What can be read from XML and HTML error pages without a parser. Give it short texts only. */

/** The text of the first element with one of these local names (lower case), tags inside taken out. */
export function elementText(text: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const open = new RegExp(`<(?:[\\w.-]{1,40}:)?${name}(?:\\s[^<>]{0,500})?>`, 'i').exec(text);
    if (open === null) continue;
    const start = open.index + open[0].length;
    const close = new RegExp(`</(?:[\\w.-]{1,40}:)?${name}\\s{0,9}>`, 'i').exec(text.slice(start));
    const inside = plainText(text.slice(start, close === null ? undefined : start + close.index));
    if (inside !== '') return inside;
  }
  return undefined;
}

/** The local names of all elements. */
export function elementNames(text: string): readonly string[] {
  return Array.from(text.matchAll(/<(?:[\w.-]{1,40}:)?([\w.-]{1,60})[\s/>]/g), (match) => match[1] ?? '');
}

/** Without tags, with the common entities decoded and blanks made one. */
function plainText(markup: string): string {
  return markup
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      },
    )
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
