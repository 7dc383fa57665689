import type { JsonValue } from '../../../src/core/index.js';
import type { Edit } from './edit.js';
import { editBy } from './edit.js';
import { rightMerge } from './merge.js';
import type { Shape } from './plan.js';
import { baseOf, HOSTILE_NAMES, planDocument } from './plan.js';
import { randomFrom } from './random.js';

/** Two disjoint edits of one document, and their only right merge. */
export interface Trial {
  readonly seed: number;
  readonly base: JsonValue;
  readonly local: Edit;
  readonly remote: Edit;
  readonly right: JsonValue;
}

/** The trial of a seed. */
export function trialOf(seed: number, key: Shape['key'], names: Shape['names'] = HOSTILE_NAMES): Trial {
  const random = randomFrom(seed);
  const plan = planDocument(random, { key, names });
  const base = baseOf(plan);
  const most = random.pick([2, 5, 12, 30]);
  const local = editBy('local', plan, base, random, 1 + random.below(most));
  const remote = editBy('remote', plan, base, random, 1 + random.below(most));
  return { seed, base, local, remote, right: rightMerge(plan, local.document, remote.document) };
}
