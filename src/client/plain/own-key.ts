import type { PortWrite } from '../../engine/port.js';
import type { RequestPolicy } from '../options/resource-policy.js';

/** Whether a write has the bytes that a caller's key was given for. `key` is the one it would get otherwise: the same for identical bytes. */
type IsOf = (write: PortWrite, key: string) => boolean;

/** Takes an idempotency key of the caller's out of the headers, which go with every write: other bytes get one of ours. */
export function withOwnKey(request: RequestPolicy, isOf: IsOf): RequestPolicy {
  const { idempotencyHeader = 'Idempotency-Key' } = request;
  const { [idempotencyHeader.toLowerCase()]: given, ...headers } = request.headers;
  if (given === undefined) return request;
  const ownKey = (write: PortWrite, key: string): string | undefined => (isOf(write, key) ? given : undefined);
  return { ...request, headers, idempotencyHeader, ownKey };
}

/** For who did not make the bytes: the key goes with the first of them. */
export function firstBytes(): IsOf {
  let first: string | undefined;
  return (_write, key) => {
    first ??= key;
    return key === first;
  };
}
