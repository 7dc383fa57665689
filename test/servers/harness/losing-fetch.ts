const WRITES = new Set(['PUT', 'POST', 'PATCH', 'MERGE', 'DELETE']);

export interface LosingFetch {
  readonly fetch: typeof fetch;
  /** The server gets the next write and answers it; nobody hears the answer. */
  loseNextAnswer(): void;
  /** Answers lost so far. */
  readonly lost: number;
}

/** A fetch whose connection breaks, on demand, between the server's commit and its answer. */
export function losingFetch(inner: typeof fetch): LosingFetch {
  let armed = false;
  let lost = 0;
  return {
    loseNextAnswer: () => {
      armed = true;
    },
    get lost() {
      return lost;
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const losing = armed && WRITES.has(request.method);
      if (losing) armed = false;
      const answer = await inner(request);
      if (!losing) return answer;
      await answer.arrayBuffer();
      lost += 1;
      throw new TypeError('fetch failed', { cause: new Error('the answer was lost on its way') });
    },
  };
}
