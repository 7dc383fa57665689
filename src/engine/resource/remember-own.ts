import { asKept } from '../../core/form-of.js';
import type { JsonValue } from '../../core/json.js';
import type { State } from '../port.js';
import type { Made, OwnSteps } from './own-steps.js';
import type { ResourceState } from './resource-state.js';

/** A batch that has landed. */
interface Landed {
  readonly kind: string;
  readonly value: JsonValue;
  readonly sent: readonly { readonly made: Made }[];
  readonly policy: { readonly origin: string };
  readonly resource: { readonly own: OwnSteps };
}

/** What was sent has landed: whoever saves from an older state of this client's is not to be asked about it. */
export function rememberOwn(batch: Landed, on: JsonValue, came: JsonValue, isTold = true): void {
  const { kind, value, sent, policy, resource } = batch;
  const { own } = resource;
  if (kind === 'update') own.add(on, value, policy.origin, Math.min(...sent.map(({ made }) => made.order)));
  own.add(value, came, policy.origin);
  own.isTold = isTold;
}

/** A look shows that it has landed, and perhaps what others have written since. */
export function rememberSeen(batch: Landed, on: JsonValue, seen: JsonValue): void {
  rememberOwn(batch, on, asKept(batch.value, seen, on));
}

/** A write that was made on one state and has made the next. */
interface Sent {
  readonly resource: ResourceState;
  /** What the client knew when it was sent. */
  readonly known: State | undefined;
  readonly target: State;
}

/** Whether a read has met, before the answer came, what others have made of it since: nothing comes between the state that a write names and the one it makes. */
export function isPassed({ resource, known, target }: Sent, made: State): boolean {
  const { state } = resource;
  if (state === undefined || state === known || target.version === undefined || made.version === undefined)
    return false;
  return !resource.isSameState(state, target) && !resource.isSameState(state, made);
}
