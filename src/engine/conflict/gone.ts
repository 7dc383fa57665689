import type { MergePreview } from '../../contract/resolver.js';
import type { MergeConflict, Resolution } from '../../core/conflict.js';
import type { JsonValue } from '../../core/json.js';
import { withoutServerOwned } from '../../core/rules/server.js';
import { accept } from '../accept.js';
import type { Batch } from '../batch.js';
import type { Decision } from '../decision.js';
import { DONE, failing } from '../decision.js';
import type { Intent } from '../queue/edit-input.js';
import type { Joint } from '../queue/joint.js';
import { joinEdits } from '../queue/joint.js';
import { onTop } from './asking/answers.js';
import type { Question } from './asking/resolver.js';
import { askResolver } from './asking/resolver.js';
import { rejectOpen } from './reject-open.js';
import { grown, joinShown } from './remaking/join-shown.js';

/** The resource was deleted under its edits. Never recreated unless the options or the resolver say so. */
export async function meetGone(batch: Batch, cause: unknown): Promise<Decision> {
  const { lastRefusal, resource, budget } = batch;
  if (lastRefusal !== undefined) {
    const { problem, answer } = lastRefusal;
    batch.emit({ type: 'gone', attempt: budget.attempts, status: answer.status, problem });
  }
  resource.lose();
  const [joint, ...others] = joinShown(joinEdits(batch.live));
  if (joint === undefined) return DONE;
  const { gone, resolve } = joint.edits[0].input.policy;
  const policy = gone ?? (resolve === undefined ? 'error' : 'ask');
  if (batch.doubts.length > 0 || policy === 'error') return failing({ kind: 'gone', cause });
  if (others.length > 0) {
    // What was made on different states of it is asked for by itself.
    batch.apart = [...batch.apart, joint.edits, ...others.map(({ edits }) => edits)];
    return DONE;
  }
  const wanted = policy === 'ask' ? await ask(batch, joint) : { next: policy, joint, value: joint.intent.local };
  const { edits } = wanted.joint;
  if (edits.some((edit) => edit.settled)) return { next: 'prepare' };
  if (wanted.next === 'discard') {
    // Asking has told of other things meanwhile.
    if (resource.state === undefined) resource.setStatus('gone');
    batch.patch = [];
    batch.sent = edits;
    return accept(batch, { value: wanted.joint.intent.local, version: undefined }, false);
  }
  return recreate(batch, wanted.joint, wanted.value);
}

/** From here on the edits are a create: conditional on nothing being there, without what the server owns. */
function recreate(batch: Batch, { edits }: Joint, value: JsonValue): Decision {
  const local = withoutServerOwned(value, batch.policy.merge);
  for (const edit of edits) edit.rebased = true;
  batch.kind = 'create';
  batch.target = { value: null, version: undefined };
  batch.sent = edits;
  batch.patch = [{ op: 'replace', path: '', value: local }];
  batch.value = local;
  batch.takeKey();
  return { next: 'send' };
}

async function ask(
  batch: Batch,
  about: Joint,
): Promise<{ readonly next: 'discard' | 'recreate' | 'open'; readonly joint: Joint; readonly value: JsonValue }> {
  let question = goneQuestion(about);
  const now = (): Question => {
    const row = grown(batch, question.joint);
    if (row !== question.joint) question = goneQuestion(row);
    return question;
  };
  const { answer, shown } = await askResolver(batch, { now });
  const { joint } = now();
  const { local } = joint.intent;
  const reject = (cause: unknown) => {
    for (const edit of joint.edits)
      rejectOpen(batch, edit, { ...question, conflicts: [goneConflict(edit.intent)] }, cause);
    return { next: 'open', joint, value: local } as const;
  };
  switch (answer.kind) {
    case 'none':
      return reject(answer.cause);
    case 'resolutions':
      return reject(
        new TypeError(
          "To a deletion a resolver answers 'local' or { value } to recreate, 'remote' or 'discard' to accept it.",
        ),
      );
    case 'local':
      return { next: 'recreate', joint, value: local };
    case 'value': {
      const since = onTop(joint.edits.slice(shown.joint.edits.length), answer.value);
      return { next: 'recreate', joint, value: since.at(-1)?.local ?? answer.value };
    }
    case 'remote':
    case 'discard':
      return { next: 'discard', joint, value: local };
  }
}

/** What a resolver is asked when the resource was deleted under the edit: one conflict, of the whole. */
export function goneQuestion(joint: Joint): Question {
  const conflict = goneConflict(joint.intent);
  return {
    joint,
    reason: 'gone',
    remote: undefined,
    merged: undefined,
    conflicts: [conflict],
    preview: ({ '': resolution }) => gonePreview(conflict, resolution),
  };
}

export function goneConflict({ base, local, patch }: Intent): MergeConflict {
  return {
    kind: 'modify-delete',
    path: '',
    basePath: '',
    base: { present: true, value: base },
    local: { present: true, value: local },
    remote: { present: false },
    operations: patch.map((_, index) => index),
    message: 'You changed this, and it was deleted meanwhile.',
  };
}

/** What an answer to it comes to: undefined is that it stays deleted. */
export function gonePreview(conflict: MergeConflict, resolution: Resolution | undefined): MergePreview {
  const value = chosen(conflict, resolution);
  return {
    value,
    patch: value === undefined ? [] : [{ op: 'replace', path: '', value }],
    conflicts: resolution === undefined ? [conflict] : [],
    resolved: resolution === undefined ? [] : [{ ...conflict, by: 'resolver', resolution }],
  };
}

function chosen({ base, local }: MergeConflict, resolution: Resolution | undefined): JsonValue | undefined {
  if (typeof resolution === 'object') return resolution.value;
  const side = resolution === 'local' ? local : resolution === 'base' ? base : undefined;
  return side?.present === true ? side.value : undefined;
}
