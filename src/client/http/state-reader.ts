import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { BodyEnvelope } from '../../contract/resource-options.js';
import { assertJson, freezeJson } from '../../core/assert-json.js';
import type { JsonValue } from '../../core/json.js';
import type { State } from '../../engine/port.js';
import { UnreadableResponseError } from '../../errors/usage-errors.js';
import { mayLoseDigits } from '../../protocol/body/body.js';
import type { VersionCodec, VersionedAnswer } from '../../protocol/versions/version-scheme.js';

/** An answer whose body is JSON. */
type JsonAnswer = VersionedAnswer & { readonly body: JsonValue };

/** Makes a state of what a server sent: the value out of its envelope, checked and frozen, and its version. */
export interface StateReader {
  /** @throws UnreadableResponseError for what is not the resource. */
  read(answer: JsonAnswer): Promise<State>;
  /** The value alone, unchecked; undefined where the envelope finds none. */
  open(answer: JsonAnswer): JsonValue | undefined;
}

export function stateReader(
  shown: string,
  codec: VersionCodec,
  envelope: BodyEnvelope<unknown> | undefined,
  schema: StandardSchemaV1 | undefined,
): StateReader {
  const unwrap = ({ body, headers }: JsonAnswer): JsonValue => {
    if (envelope === undefined) return body;
    const value: unknown = envelope.read(body, headers);
    assertJson(value, `what body.read() made of ${shown}`);
    return value;
  };
  return {
    async read(answer) {
      const value = freezeJson(tryUnwrap(answer));
      const result = await schema?.['~standard'].validate(value);
      if (result?.issues !== undefined) {
        const words = result.issues.map((issue) => issue.message).join('; ');
        throw new UnreadableResponseError(`${shown} sent a value that its schema does not allow: ${words}.`, {
          url: shown,
          cause: result.issues,
        });
      }
      const version = codec.read(answer);
      const flaw = version === undefined ? codec.flaw?.(answer.headers) : undefined;
      return flaw === undefined ? { value, version } : { value, version, flaw };
    },
    open(answer) {
      try {
        return freezeJson(unwrap(answer));
      } catch {
        // An envelope made for reads need not understand the answer to a write: then that told nothing of the value.
        return undefined;
      }
    },
  };

  function tryUnwrap(answer: JsonAnswer): JsonValue {
    try {
      return unwrap(answer);
    } catch (cause) {
      throw new UnreadableResponseError(`body.read() could not read what ${shown} sent: ${String(cause)}`, {
        url: shown,
        cause,
      });
    }
  }
}

/** What one read told besides a value and its version. */
export interface ReadNote {
  readonly headers: Headers;
  readonly text: string;
}

/** What reads tell that only a write needs: it is kept until the code that understands it is there, and from then on told at once. */
export class ReadNotes {
  #unread: ReadNote[] = [];
  #reader: ((note: ReadNote) => void) | undefined;

  add(note: ReadNote): void {
    if (this.#reader !== undefined) this.#reader(note);
    else if (this.#unread.length > 0 || note.headers.has('accept-patch') || mayLoseDigits(note.text))
      this.#unread.push(note);
  }

  readBy(reader: (note: ReadNote) => void): void {
    this.#reader = reader;
    for (const note of this.#unread.splice(0)) reader(note);
  }
}
