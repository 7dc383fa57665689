import type { JsonValue } from '../../src/core/json.js';
import type { Edit } from './oracle-edit.js';
import { editBy } from './oracle-edit.js';
import { rightMerge } from './oracle-merge.js';
import { baseOf, planDocument } from './oracle-plan.js';
import { randomFrom } from './oracle-random.js';

/** Two disjoint edits of one document, and their only right merge. */
export interface Trial {
  readonly seed: number;
  readonly base: JsonValue;
  readonly local: Edit;
  readonly remote: Edit;
  readonly right: JsonValue;
}

/** The trial of a seed. `key` names the member that identifies items: `id` is inferred, `sku` has to be declared. */
export function trialOf(seed: number, key: 'id' | 'sku'): Trial {
  const random = randomFrom(seed);
  const plan = planDocument(random, key);
  const base = baseOf(plan);
  const most = random.pick([2, 5, 12, 30]);
  const local = editBy('local', plan, base, random, 1 + random.below(most));
  const remote = editBy('remote', plan, base, random, 1 + random.below(most));
  return { seed, base, local, remote, right: rightMerge(plan, local.document, remote.document) };
}
