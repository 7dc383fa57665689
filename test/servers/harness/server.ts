/** A server that somebody else wrote, running on a loopback port for one test file. */
export interface RunningServer {
  readonly name: string;
  readonly url: string;
  /** Where the document of this name lives. */
  documentUrl(name: string): string;
  /** fetch, with what this server wants of every request: a signature, a token, a partition key. */
  readonly fetch: typeof fetch;
  stop(): Promise<void>;
}

/** Wraps fetch so that `headersFor` can add its headers to every request; the caller's own headers win. */
export function fetchWith(headersFor: (method: string, url: URL) => Promise<HeadersInit> | HeadersInit): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const added = new Headers(await headersFor(request.method, new URL(request.url)));
    for (const [name, value] of added) if (!request.headers.has(name)) request.headers.set(name, value);
    return fetch(request);
  };
}
