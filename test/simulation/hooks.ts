import type { ConflictAnswer, ConflictContext } from '../../src/contract/resolver.js';
import type { MergeConflict } from '../../src/core/conflict.js';
import type { JsonValue } from '../../src/core/json.js';
import { isContainer } from '../../src/core/json.js';
import type { Policy } from '../../src/engine/policy.js';
import type { ConflictError } from '../../src/errors/conflict-error.js';
import { isForbidden } from './document.js';
import type { Random } from './random.js';
import { below, pick } from './random.js';
import type { VirtualClock } from './virtual-clock.js';

/** How somebody else's code behaves that the engine calls: a resolver, the release of a lock, a schema. */
export type Manner = 'none' | 'prompt' | 'slow' | 'never' | 'throws';

/** Does the work in this manner. `thinking`: ms that a slow one takes. */
async function inManner<T>(how: Manner, clock: VirtualClock, thinking: number, work: () => T): Promise<T> {
  if (how === 'never') return new Promise<T>(() => {});
  if (how === 'throws') throw new Error('the hook is broken');
  if (how === 'slow') await clock.wait(thinking);
  return work();
}

export function resolverOf(how: Manner, random: Random, clock: VirtualClock): Policy['resolve'] {
  const favourite = pick<'local' | 'remote' | 'abort'>(random, ['local', 'remote', 'abort']);
  const thinking = below(random, 3_000);
  if (how === 'none') return undefined;
  const answer = ({ reason, conflicts }: ConflictContext<unknown>): ConflictAnswer<unknown> =>
    favourite === 'local' && !(reason === 'stale' && isOnTitle(conflicts)) ? 'abort' : favourite;
  return how === 'prompt' ? answer : (context) => inManner(how, clock, thinking, () => answer(context));
}

export function releaseOf(how: Manner, random: Random, clock: VirtualClock): Policy['lock']['release'] {
  const thinking = below(random, 3_000);
  return how === 'none' ? undefined : () => inManner(how, clock, thinking, () => {});
}

/** Knows the server's business rule. */
export function schemaOf(how: Manner, random: Random, clock: VirtualClock): Policy['schema'] {
  const thinking = below(random, 1_000);
  if (how === 'none') return undefined;
  const judge = (value: unknown) => {
    const bad = isJson(value) && isForbidden(value);
    return bad ? { issues: [{ message: 'nothing may be under `forbidden`' }] } : { value };
  };
  const validate = (value: unknown) =>
    how === 'prompt' ? judge(value) : inManner(how, clock, thinking, () => judge(value));
  return { '~standard': { version: 1, vendor: 'simulation', validate } };
}

/** What a person makes of an open conflict, later. */
export function afterthought(error: ConflictError, random: Random): ConflictAnswer<JsonValue> {
  const isEdit = error.remote !== undefined && isOnTitle(error.conflicts);
  return isEdit && random() < 0.5 ? 'local' : 'remote';
}

/** Only a title that an edit has written is put in the place of another: then all else that ever stood there can be looked for. */
function isOnTitle(conflicts: readonly MergeConflict[]): boolean {
  return conflicts.every(({ path, base }) => path === '/title' && base.present);
}

function isJson(value: unknown): value is JsonValue {
  return isContainer(value);
}
