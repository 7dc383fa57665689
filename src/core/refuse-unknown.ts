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

/** The option that was probably meant. */
export function meantBy(name: string, known: readonly string[]): string | undefined {
  const near = [...Object.keys(ELSEWHERE), ...known].find((other) =>
    isWithin(name.toLowerCase(), other.toLowerCase(), Math.min(2, other.length / 3)),
  );
  return near && (ELSEWHERE[near] ?? near);
}

/** Whether one is made of the other by so many letters that are put in, left out, changed, or swapped with their neighbour (Damerau-Levenshtein). */
function isWithin(from: string, to: string, letters: number): boolean {
  if (from === '' || to === '') return from.length + to.length <= letters;
  const [less, fewer] = [from.slice(1), to.slice(1)];
  if (from[0] === to[0]) return isWithin(less, fewer, letters);
  return (
    letters >= 1 &&
    (isWithin(less, fewer, letters - 1) ||
      isWithin(less, to, letters - 1) ||
      isWithin(from, fewer, letters - 1) ||
      (from[0] === to[1] && from[1] === to[0] && isWithin(from.slice(2), to.slice(2), letters - 1)))
  );
}
