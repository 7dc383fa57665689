import type { Batch } from '../batch.js';
import type { Decision } from '../decision.js';
import type { State } from '../port.js';
import { judgeDelete } from './judge-delete.js';
import { isWeak, lookAgain } from './refetch.js';

/**
 * Finds a version that can be sent. A weak or suffixed tag is asked for again without content coding, then once more
 * when it may have grown strong. Once for each resource: from then on tags go out stripped, and where that meets a
 * server whose tag is still weak, the patient read after the refusal settles it. Undefined: the write goes on.
 */
export async function settleTag(batch: Batch): Promise<Decision | undefined> {
  const { target, resource } = batch;
  const plain = await batch.look(true);
  if (plain.kind !== 'found') return undefined;
  resource.tagsAsked = true;
  let { state } = plain;
  if (hasEnding(batch, target) && !hasEnding(batch, state)) resource.addsEndings = true;
  if (isWeak(batch, state)) {
    const later = await lookAgain(batch);
    if (later.kind === 'found') state = later.state;
  }
  // This may have shown a newer state, which must not be deleted for the old one.
  if (batch.kind === 'delete' && !batch.isSame(state, target)) return judgeDelete(batch, 'version', state);
  batch.target = state;
  return undefined;
}

function hasEnding({ policy }: Batch, { version }: State): boolean {
  return version !== undefined && policy.codec.bare?.(version) !== undefined;
}
