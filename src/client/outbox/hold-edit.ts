import { freezeJson } from '../../core/assert-json.js';
import type { JsonValue } from '../../core/json.js';
import { anySignal } from '../../engine/clock.js';
import type { Policy } from '../../engine/policy.js';
import type { PortWrite, ResourcePort, WriteAnswer } from '../../engine/port.js';
import type { Before, Doubt, EditInput, Keeper } from '../../engine/queue/edit-input.js';
import type { Queue } from '../../engine/queue/queue.js';
import type { Pending } from '../../engine/resource/pending-edits.js';
import { mayLoseDigits } from '../../protocol/body/body.js';
import type { WriteCode } from '../chunks.js';
import type { ClientCore } from '../client-core.js';
import { ResourceHandle } from '../resource/handle.js';
import { handleWay } from '../resource/way.js';
import type { EditHolder, HeldEdit, StoredEdit } from './held-edit.js';

/**
 * An edit as an outbox holds it. `restored`: it was made before the page was loaded, and shows below what is made now. `isFirst`: it goes
 * before all that is made here; what another tab has left later may be younger.
 */
export function holdEdit(
  core: ClientCore,
  holder: EditHolder,
  queue: Queue,
  { href: url }: URL,
  input: EditInput,
  {
    shown,
    restored,
    isFirst = false,
  }: { readonly shown?: Pending | undefined; readonly restored?: StoredEdit; readonly isFirst?: boolean },
): HeldEdit {
  const { resource } = queue;
  const {
    id: editId,
    kind,
    base,
    baseVersion: version,
    local,
    patch,
    isDerived: derived = false,
    onStale,
    policy,
  } = input;
  const own = new URL(url);
  const isRestored = restored !== undefined;
  const isApart = restored?.isApart ?? core.known(own, core.handlePolicy(own)).resource !== resource;
  const shows: Pending = {
    base: kind === 'create' ? undefined : base,
    local,
    level: !isRestored ? 2 : kind === 'create' ? 0 : 1,
    onto: (value: JsonValue) =>
      core.chunks.conflict.loaded?.onto({ intent: input, input: { ...input, keeper } }, value),
  };
  /** Made again with what was answered meanwhile. */
  let newest = input;
  const keeper: Keeper = {
    made: isFirst ? resource.own.earlier() : isRestored ? undefined : resource.own.now(),
    shows,
    without: (onServer) => holder.without(editId, onServer),
    again(answered) {
      newest = answered;
      return holder.again(editId);
    },
  };
  const stored: StoredEdit = {
    editId,
    url,
    kind,
    base,
    local,
    patch,
    derived,
    ...(version === undefined ? {} : { version }),
    ...(onStale === undefined ? {} : { onStale }),
    ...(isApart ? { isApart } : {}),
    ...(policy.origin === 'person' ? {} : { origin: policy.origin }),
  };
  return {
    stored,
    lane: resource,
    signal: input.signal,
    show() {
      if (kind !== 'delete') resource.show(shows, shown);
    },
    hide: () => resource.hide(shows),
    resolve: input.policy.resolve,
    handle: () => new ResourceHandle<JsonValue>(core, own, {}),
    send({ doubts, keys, untold, isAsked }, signal) {
      const { answers = [], settledByValue = [] } = newest.before ?? {};
      const before: Before = {
        keys: { taken: keys },
        doubts: doubts.map((doubt): Doubt => ({ on: onOf(doubt), patch: doubt.patch, cause: new Error(NO_ANSWER) })),
        answers,
        settledByValue,
        untold,
      };
      const isNew = doubts.length === 0 && keys === 0 && !isRestored;
      const ends = anySignal(input.signal, signal);
      const kept = {
        ...newest,
        port: keptPort(input.port, holder),
        policy: keptPolicy(newest.policy, holder, isAsked),
      };
      return queue.enter({ ...kept, signal: ends, keeper, ...(isNew ? {} : { before }) }, shows);
    },
  };
}

const NO_ANSWER = 'The page was closed, or gave up, before the answer to a write came.';

function onOf({ base: value, version }: { readonly base: JsonValue; readonly version?: string }): Doubt['on'] {
  return { value, version };
}

const ports = new WeakMap<ResourcePort, ResourcePort>();
const policies = new WeakMap<Policy, Policy>();

/** The same port, of which the outbox hears what is sent. One for each, so that edits can travel together. */
function keptPort(port: ResourcePort, holder: EditHolder): ResourcePort {
  const known = ports.get(port) ?? tellingPort(port, holder);
  ports.set(port, known);
  return known;
}

function tellingPort(port: ResourcePort, holder: EditHolder): ResourcePort {
  return {
    read: (waiting) => port.read(waiting),
    async write(write, waiting) {
      const { key } = write;
      const { signal, edits = [] } = waiting;
      // Where that fails it is not noted, and what is noted of earlier tries stays true.
      await holder.sending(edits, writeOf(write));
      // Until then nothing of it has left.
      let outcome: Parameters<EditHolder['sent']>[2] = 'refused';
      try {
        signal.throwIfAborted();
        outcome = 'unknown';
        const answer = await port.write(write, waiting);
        outcome = outcomeOf(answer);
        return answer;
      } finally {
        holder.sent(edits, key, outcome);
      }
    },
    method: (write) => port.method(write),
    nextForm: (surely) => port.nextForm(surely),
  };
}

function writeOf(write: PortWrite): Parameters<EditHolder['sending']>[1] {
  const { key } = write;
  if (write.kind === 'create') return { key, base: null };
  const { value: base, version } = write.base;
  const patch = write.kind === 'update' ? write.patch : [];
  return { key, base, patch, ...(version === undefined ? {} : { version }) };
}

/** A server that failed may have carried it out before. */
function outcomeOf(answer: WriteAnswer): 'landed' | 'refused' | 'unknown' {
  if (answer.kind === 'accepted') return 'landed';
  if (answer.kind === 'unknown') return 'unknown';
  if (answer.kind === 'unsendable') return 'refused';
  const { status } = answer.answer;
  return status === 408 || status >= 500 ? 'unknown' : 'refused';
}

/** @param isAsked There is a session, whoever is configured. */
function keptPolicy(policy: Policy, holder: EditHolder, isAsked: boolean): Policy {
  const { resolve } = policy;
  if (isAsked) return { ...policy, resolve: (context) => holder.ask(context, resolve) };
  if (resolve === undefined) return policy;
  const known = policies.get(policy) ?? { ...policy, resolve: (context) => holder.ask(context, resolve) };
  policies.set(policy, known);
  return known;
}

/** Makes of what was stored an edit for the way of its resource's handles: the options of whoever made it are gone. */
export const restoreEdit =
  (core: ClientCore, { portOf, queueOf }: WriteCode, holder: EditHolder) =>
  (stored: StoredEdit, isFirst: boolean): HeldEdit => {
    const { editId: id, url: href, kind, base, local, patch, derived, onStale, origin = 'person' } = stored;
    // Digits that JavaScript does not keep are not stored: what is there is read before it is sent.
    const version = mayLoseDigits(JSON.stringify(base)) ? undefined : stored.version;
    const url = new URL(href);
    const way = handleWay(core, url, {});
    const { known, policy, wire } = way.policy.engine.origin === origin ? way : handleWay(core, url, { origin });
    const target = { value: freezeJson(base), version };
    const input: EditInput = {
      id,
      kind,
      base: target.value,
      local: freezeJson(local),
      patch,
      isDerived: derived,
      port: portOf(wire),
      policy: policy.engine,
      baseVersion: version,
      movesBefore: known.resource.moves,
      replay: undefined,
      signal: undefined,
      combinable: kind === 'update',
      emit: core.emitterFor(url, id),
      ...(kind === 'delete' ? { onStale: onStale ?? 'error', findTarget: () => target } : {}),
    };
    return holdEdit(core, holder, queueOf(core, known), url, input, { restored: stored, isFirst });
  };
