import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/lazy.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import { apply } from '../../src/core/patch/apply.js';
import type { Said, Transcript } from './transcript.js';
import { transcripts } from './transcripts/index.js';

/** A server that reads its lines from the transcript: the document to a read, the answer to a write. */
function playedBy({ read, accepted }: Transcript): {
  readonly fetch: typeof fetch;
  readonly writes: Promise<Request>[];
} {
  const writes: Promise<Request>[] = [];
  const answer = ({ status = 200, headers, body }: Said): Response =>
    new Response([204, 205].includes(status) ? null : body, { status, ...(headers === undefined ? {} : { headers }) });
  return {
    writes,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'GET') return answer(read);
      writes.push(Promise.resolve(request.clone()));
      return answer(accepted);
    },
  };
}

describe.each(transcripts)('$name, through the client', (transcript) => {
  it('is read, edited and written, with the version where the API wants it', async () => {
    const { options, url, value, version, edit, update } = transcript;
    const played = playedBy(transcript);
    const client = createClient({ fetch: played.fetch });
    const resource = client.resource(url, options);
    expect(await resource.get()).toMatchObject({ value, version });
    const result = await resource.patch(edit.patch);
    expect(result).toMatchObject({ attempts: 1, alreadyApplied: false });
    const [request] = await Promise.all(played.writes);
    expect([request?.method, request?.url]).toEqual([update.method, update.url]);
    for (const [name, text] of Object.entries(update.headers ?? {}))
      expect([name, request?.headers.get(name)]).toEqual([name, text]);
    // Elsewhere the transcript leaves out what the server owns.
    if (deepEqual(apply(value, edit.patch), edit.local)) expect(await request?.text()).toBe(update.body);
    await client.close();
  });
});
