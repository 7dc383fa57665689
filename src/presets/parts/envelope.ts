import type { BodyEnvelope } from '../../contract/resource-options.js';
import { member } from '../../protocol/body/body-kind.js';

/**
 * An envelope for documents of the caller's type. `read` gives `undefined` for an answer that does not hold the document, such as the receipt of a write.
 *
 * @param write Default: as it is, for APIs whose writes are functions anyway.
 */
export function envelope<T>(
  read: (body: unknown) => unknown,
  write: (value: T) => unknown = (value) => value,
): BodyEnvelope<T> {
  // The caller names T, and nothing here can check it: `schema` of the resource options does.
  return { read: (body) => read(body) as T, write };
}

/** What is at these names, one inside the other; `undefined` where there is nothing. */
export function inside(body: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((value, name) => member(value, name), body);
}
