import { InvalidOptionsError } from './errors.js';

/** What others call it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  prefixUrl: 'prefix',
  baseURL: 'baseUrl',
  onConflict: 'resolve',
  resolver: 'resolve',
  rules: 'merge',
  etag: 'version',
};

/** @throws InvalidOptionsError for a name that no option has, with the one that was probably meant. */
export function refuseUnknown(given: object, where: string, names: readonly string[]): void {
  for (const name of Object.keys(given)) if (!names.includes(name)) refuse(where, name, meantBy(name, names));
}

export function refuse(where: string, name: string, meant: string | undefined): never {
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  throw new InvalidOptionsError(`${where}.${name} is no option.${hint}`, { option: `${where}.${name}` });
}

export function meantBy(name: string, known: readonly string[]): string | undefined {
  const isClose = (other: string): boolean =>
    distance(name.toLowerCase(), other.toLowerCase()) <= Math.min(2, other.length / 3);
  const close = [...known, ...Object.keys(ELSEWHERE)].find((other) => name === other || isClose(other));
  const exact = Object.hasOwn(ELSEWHERE, name) ? name : close;
  return exact === undefined ? undefined : (ELSEWHERE[exact] ?? exact);
}

/** Letters to be put in, left out, changed, or swapped with their neighbour (Damerau-Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  let above: number[] = [];
  for (const [at, letter] of [...from].entries()) {
    const before = above;
    above = row;
    row = [at + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1);
      const isSwapped = letter === to[column - 1] && from[at - 1] === other;
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : changed;
      row.push(Math.min(changed, swapped, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
