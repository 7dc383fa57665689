import type { Operation } from 'fast-json-patch';
import type { DeleteOptions } from '../../contract/resource.js';
import type { EditResult } from '../../contract/snapshot.js';
import { InvalidPatchError } from '../../core/errors.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { apply } from '../../core/patch/apply.js';
import type { State } from '../../engine/port.js';
import type { DeleteRequest, EditInput, Intent } from '../../engine/queue/edit-input.js';
import { inputOfDelete, intentTo } from '../../engine/queue/edit-input.js';
import type { Left, OwedEdit, Shelf } from '../../engine/queue/queue.js';
import { Queue } from '../../engine/queue/queue.js';
import { assertWritable } from '../../engine/queue/read-only.js';
import type { Pending } from '../../engine/resource/pending-edits.js';
import type { ClientCore } from '../client-core.js';
import type { Owed, Sending } from '../draft/host.js';
import { randomId } from '../platform.js';
import type { KnownResource } from '../resource/known-resource.js';
import type { Way } from '../resource/way.js';
import { assertNewest } from './made-from-newer.js';
import { httpPort, portOf } from './write-resource.js';

/** What a handle asks to be written: a value, or the caller's own patch. */
export interface AskedEdit
  extends Pick<EditInput, 'movesBefore' | 'signal' | 'combinable' | 'undo' | 'isUndo' | 'isOfDraft' | 'spentMs'> {
  readonly kind: 'update' | 'create';
  readonly base: State;
  readonly wanted: { readonly local: JsonValue } | { readonly patch: readonly Operation[] };
  /** Makes the edit again from another value. */
  readonly replay: ((value: JsonValue) => JsonValue) | undefined;
  /** A value or a patch as its caller made it, who does not say from what. */
  readonly isGiven?: boolean;
}

/** Puts an edit of a handle into its resource's queue, at once. @param shown Where it shows already. */
export function submitEdit(
  core: ClientCore,
  { known, policy, wire, shared }: Way,
  { base: { value: base, version }, wanted, replay, isGiven, ...asked }: AskedEdit,
  shown: Pending | undefined,
): Promise<EditResult> {
  const { url } = known.resource;
  const { merge, readonly } = policy.engine;
  const { kind, movesBefore: moves } = asked;
  if (isGiven) assertNewest(wanted, base, { states: known.handedOut, moves, url });
  const id = randomId();
  const intent: Intent =
    'patch' in wanted
      ? { base, patch: [...wanted.patch], local: patchedBy(wanted.patch, base, url) }
      : intentTo(base, wanted.local, kind === 'create' ? {} : merge);
  const input: EditInput = {
    ...asked,
    ...intent,
    id,
    port: portOf(wire),
    policy: policy.engine,
    baseVersion: version,
    replay:
      replay &&
      ((value) => {
        const again = intentTo(value, replay(value), merge);
        assertWritable(again, readonly, url);
        return again;
      }),
    combinable: shared && asked.combinable && replay === undefined && kind === 'update',
    emit: core.emitterFor(wire.url, id),
  };
  return submitTo(core, known, wire.url, input, shown);
}

/** Deletes a state of the resource, in its turn. */
export async function deleteResource(
  core: ClientCore,
  { known, policy, wire }: Way,
  what: Pick<DeleteRequest, 'base' | 'seen'>,
  { onStale = 'error' }: DeleteOptions<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const id = randomId();
  const emit = core.emitterFor(wire.url, id);
  await deleteFrom(core, known, wire.url, {
    id,
    ...what,
    onStale,
    port: portOf(wire),
    policy: policy.engine,
    signal,
    emit,
  });
}

/** One write past the queue: nothing may be waited for while the page goes. Conditional like every other. Whatever becomes of it is told to nobody. */
export async function sendLast({ known, wire }: Way, { base, patch, local }: Sending): Promise<void> {
  // An answer without the document does not tell in which order the server keeps a list, and it cannot be read any more.
  const isInList = (place: Patch[number]): boolean =>
    /\/\d+(\/|$)/.test('from' in place ? `${place.from}/${place.path}` : place.path);
  if (known.resource.state?.isAssumed === true && patch.some(isInList)) return;
  const { transport } = wire;
  const port = httpPort({ ...wire, transport: { ...transport, write: transport.write.extend({ keepalive: true }) } });
  const write = { kind: 'update', base, local, patch, key: randomId() } as const;
  await port.write(write, { signal: new AbortController().signal }).catch(() => {});
}

/** Puts what a draft owes on its shelf. */
export function shelve(
  core: ClientCore,
  { known, policy, wire }: Way,
  shelf: Shelf,
  owed: readonly Owed[],
  left?: Left,
): void {
  const edits = owed.map(({ base, patch, isSent }): OwedEdit => {
    const id = randomId();
    const input: EditInput = {
      id,
      kind: 'update',
      base: base.value,
      patch,
      local: patchedBy(patch, base.value, known.resource.url),
      isDerived: true,
      port: portOf(wire),
      policy: policy.engine,
      baseVersion: base.version,
      movesBefore: known.resource.moves,
      replay: undefined,
      signal: undefined,
      combinable: true,
      emit: core.emitterFor(wire.url, id),
    };
    return { input, isSent };
  });
  shelf(queueOf(core, known), wire.url, edits, left);
}

/** Queues an update or a create, which an outbox keeps where there is one: not that of a draft, which keeps it itself. @throws ReadonlyPathError */
export function submitTo(
  core: ClientCore,
  known: KnownResource,
  url: URL,
  input: EditInput,
  shown?: Pending,
): Promise<EditResult> {
  const queue = queueOf(core, known);
  assertWritable(input, input.policy.readonly, queue.resource.url);
  const { outbox } = core;
  return outbox === undefined || input.isOfDraft === true
    ? queue.enter(input, shown)
    : outbox.keep(queue, url, input, shown);
}

/** The same for a delete. Of what nobody has read nothing can be kept: what is there after a restart may be somebody else's. */
export function deleteFrom(
  core: ClientCore,
  known: KnownResource,
  url: URL,
  request: DeleteRequest,
): Promise<EditResult> {
  const queue = queueOf(core, known);
  const base = request.base ?? (request.seen ?? known.resource).state;
  const { outbox } = core;
  if (outbox === undefined || base === undefined) return queue.enter(inputOfDelete(known.resource, request));
  return outbox.keep(queue, url, inputOfDelete(known.resource, { ...request, base }), undefined);
}

export function queueOf(core: ClientCore, known: KnownResource): Queue {
  known.queue ??= new Queue(known.resource, core.surroundings);
  return known.queue;
}

/** The result of a caller's own patch on its base. @throws InvalidPatchError for one that does not fit: told at once, nothing is sent. */
function patchedBy(patch: readonly Operation[], base: JsonValue, url: string): JsonValue {
  try {
    return apply(base, patch);
  } catch (error) {
    if (!(error instanceof InvalidPatchError)) throw error;
    const { index, reason, message } = error;
    throw new InvalidPatchError(`${message} (for ${url}; nothing was sent)`, { index, reason, url, cause: error });
  }
}
