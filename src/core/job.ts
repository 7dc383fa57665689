/** Work that may wait for other work of its kind, which gives a `T`. Written as a generator, so that it can be put aside. */
export interface Job<T> extends Generator<Job<T>, T, T> {}

/** Runs a job and all it waits for. What waits is kept in a list and not on the call stack, which a deep document would overflow. */
export function runJob<T>(job: Job<T>): T {
  const waiting: Job<T>[] = [];
  let current = job;
  let step = current.next();
  for (;;) {
    if (step.done !== true) {
      waiting.push(current);
      current = step.value;
      step = current.next();
      continue;
    }
    const { value } = step;
    const next = waiting.pop();
    if (next === undefined) return value;
    current = next;
    step = current.next(value);
  }
}
