import { isHTTPError } from 'ky';
import { getAt } from '../../core/pointer.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import { parseBody } from '../../protocol/body/body.js';
import { shownUrl } from '../../protocol/shown.js';
import { NOT_WHOLE } from '../http/read-body.js';
import type { Target } from './memory.js';
import type { PlainDoor } from './plain-verb.js';
import type { PlainCall } from './plain-way.js';

const STALE = new Set([409, 412]);

/** A write that cannot be read as an edit, and so never be rebased: as its caller made it, and refused where it is stale. */
export async function sendConditionally(
  { core, memory }: PlainDoor,
  target: Target,
  write: Pick<PlainCall, 'method' | 'pass' | 'text' | 'made'> & { readonly version: string | undefined },
): Promise<Response> {
  const { url } = target;
  const { codec } = core.plainPolicy(url).engine;
  const guard = write.version === undefined ? undefined : codec.guard(write.version);
  if (guard?.in === 'header') {
    const { name, value } = guard;
    try {
      const response = await write.pass({ [name]: value });
      if (response.ok) remember(response);
      else if (STALE.has(response.status)) memory.doubt(target);
      return response;
    } catch (error) {
      if (isHTTPError(error) && STALE.has(error.response.status)) memory.doubt(target);
      throw error;
    }
  }
  const parsed = parseBody(write.text ?? '');
  // It names a version itself, where this API wants it.
  if (guard?.in === 'body' && parsed.json && guard.places.every(({ tokens }) => getAt(parsed.value, tokens).present)) {
    return write.pass();
  }
  const shown = shownUrl(url);
  if (guard === undefined) {
    memory.doubt(target);
    throw new MissingBaseError(
      `The version of ${shown} is not known since it was last written, so this ${write.method} cannot be conditional on it. Read it again, and make the write from that.`,
      { url: shown },
    );
  }
  throw new MissingBaseError(
    `The body of this ${write.method} ${shown} is neither JSON to be PUT nor a patch that can be read, and the version, ${codec.source}, cannot go beside it. Name the version in it, or declare the resource unversioned().`,
    { url: shown },
  );

  /** What it made of the resource nobody can tell; its version, its answer may. */
  function remember({ status, headers }: Response): void {
    const version = NOT_WHOLE.has(status) ? undefined : codec.read({ headers, text: undefined, body: undefined });
    memory.replace({ ...write.made, version, text: undefined, headers }, undefined);
  }
}
