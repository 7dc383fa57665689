import { freezeJson } from '../../core/assert-json.js';
import type { EditInput } from '../../engine/queue/edit-input.js';
import { mayLoseDigits } from '../../protocol/body/body.js';
import type { WriteCode } from '../chunks.js';
import type { ClientCore } from '../client-core.js';
import { handleWay } from '../resource/way.js';
import type { EditHolder, HeldEdit, StoredEdit } from './held-edit.js';
import { holdEdit } from './hold-edit.js';

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
