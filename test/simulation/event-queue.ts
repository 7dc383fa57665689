interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

/** What is to happen when, soonest first; what happens at the same time, in the order it was planned in. */
export class EventQueue {
  /** ms */
  now = 0;
  /** A binary heap: the entry at i is not later than those at 2i + 1 and 2i + 2. */
  readonly #heap: Entry[] = [];
  #order = 0;

  after(ms: number, happen: () => void): void {
    const entry = { at: this.now + ms, order: this.#order++, happen };
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  /** Lets time pass until the next thing happens. False: nothing is left to happen. */
  step(): boolean {
    const next = this.#take();
    if (next === undefined) return false;
    this.now = next.at;
    next.happen();
    return true;
  }

  /** Lets time pass until nothing is left to happen. */
  run(): void {
    while (this.step());
  }

  #take(): Entry | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}
