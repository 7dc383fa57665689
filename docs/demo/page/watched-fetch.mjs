/** A `fetch` that tells of every request and its answer, and changes neither. */
export function watchedFetch(tell) {
  return async (input, init) => {
    const request = new Request(input, init);
    const told = { method: request.method, guard: request.headers.get('if-match') ?? undefined };
    try {
      const answer = await fetch(request);
      const body = await answer
        .clone()
        .json()
        .catch(() => undefined);
      tell({ ...told, status: answer.status, version: answer.headers.get('etag') ?? undefined, body });
      return answer;
    } catch (error) {
      tell({ ...told, status: undefined });
      throw error;
    }
  };
}
