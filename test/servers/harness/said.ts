export interface Said {
  readonly status: number;
  /** The media type, without parameters. */
  readonly type: string | undefined;
  readonly tag: string | null;
  /** Azure's word for what happened. */
  readonly code: string | null;
  /** The body: parsed where it is JSON whatever its media type says, else its text. */
  readonly body: unknown;
}

/** What a server said, as far as a client can tell one answer from another. */
export async function said(answering: Promise<Response>): Promise<Said> {
  const answer = await answering;
  const { headers, status } = answer;
  const text = await answer.text();
  const type = headers.get('content-type')?.split(';')[0];
  return { status, type, tag: headers.get('etag'), code: headers.get('x-ms-error-code'), body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/** A JSON request with these headers. */
export const json = (method: string, body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
