const READS = ['GET', 'HEAD'];

/** A connection that can break, on demand, after the server has answered a write and before anybody hears of it. */
export function losingFetch(fetch) {
  let armed = false;
  return {
    loseNextAnswer() {
      armed = true;
    },
    async fetch(request) {
      const losing = armed && !READS.includes(request.method);
      if (losing) armed = false;
      const answer = await fetch(request);
      if (!losing) return answer;
      await answer.arrayBuffer();
      // What fetch itself rejects with when a connection breaks.
      throw new TypeError('fetch failed', { cause: new Error('the demo lost the answer') });
    },
  };
}
