import type { ServerAnswer } from '../../src/protocol/answer.js';
import type { VersionCodec, VersionedAnswer } from '../../src/protocol/versions/version-scheme.js';

/** An answer as a codec reads it. */
export function answerOf(text: string | undefined, headers: Record<string, string> = {}): VersionedAnswer {
  let body: unknown = text;
  try {
    body = text === undefined ? undefined : JSON.parse(text);
  } catch {
    // Not JSON: the text stays.
  }
  return { headers: new Headers(headers), text, body };
}

/** The answer to a guarded update, unless told otherwise. */
export function refusal(
  status: number,
  body?: unknown,
  options: { readonly headers?: Record<string, string>; readonly sent?: Partial<ServerAnswer['sent']> } = {},
): ServerAnswer {
  return {
    status,
    headers: new Headers(options.headers),
    body,
    sent: { method: 'PUT', url: 'https://api.test/things/1', version: '"1"', create: false, ...options.sent },
  };
}

/** The header a codec makes a write conditional with. */
export function headerOf(codec: VersionCodec, version: string): string {
  const guard = codec.guard(version);
  if (guard.in !== 'header') throw new Error(`expected a header guard, got ${guard.in}`);
  return `${guard.name}: ${guard.value}`;
}
