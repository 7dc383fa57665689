const sources = new WeakMap<AbortSignal, readonly AbortSignal[]>();

/** A signal that aborts with the first of these. A single one is taken as it is. */
export function anySignal(...signals: readonly (AbortSignal | null | undefined)[]): AbortSignal | undefined {
  const given = new Set<AbortSignal>();
  for (const signal of signals) if (signal !== null && signal !== undefined) given.add(signal);
  const [first] = given;
  if (given.size < 2) return first;
  const any = AbortSignal.any([...given]);
  // It holds its sources weakly, and a timeout that nobody holds may be forgotten before its time.
  sources.set(any, [...given]);
  return any;
}
