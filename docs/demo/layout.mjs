// Text that fits into 80 columns.

export const WIDTH = 80;

/** Cuts a line that is too long, and shows that it did. */
export function shorten(text, width) {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Breaks a text into lines, between words. */
export function wrap(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Entity tags and numbers are short; a CouchDB `_rev` has 32 hex digits that nobody reads. */
export function shortVersion(version) {
  return version === undefined ? 'none' : version.replace(/^(\d+-[0-9a-f]{4})[0-9a-f]{8,}$/, '$1…');
}

/** "1 request", "2 requests". */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** The operations of a patch as rows of columns: what, where, with what. */
export function patchRows(patch) {
  if (patch.length === 0) return ['nothing to send'];
  const width = Math.max(...patch.map(({ path }) => path.length));
  return patch.map(({ op, path, from, value }) => {
    const rest = value === undefined ? (from ?? '') : JSON.stringify(value);
    return `${op.padEnd(7)} ${path.padEnd(width)}  ${rest}`.trimEnd();
  });
}
