import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import type { Report } from './schedule.js';

/** A schedule as a person reads it: the world, what each resource became and by whom, and what became of each edit. */
export function storyOf({ seed, world, histories, outcomes }: Report): string {
  const { policy, versioning, ...rest } = world;
  const { retry, lock, gone, exists } = policy;
  const lines = [`schedule ${seed}`, JSON.stringify({ ...rest, versions: versioning.name, retry, lock, gone, exists })];
  histories.forEach((history, resource) => {
    lines.push(`resource ${resource}`);
    history.forEach(({ at, version, by, value }, index) => {
      lines.push(`  ${at} ms  ${version}  ${by ?? 'somebody else'}: ${changesOf(history[index - 1]?.value, value)}`);
    });
  });
  for (const { id, resource, deed, creating, kind, error, result } of outcomes) {
    const what = `${creating ? 'create, ' : ''}${JSON.stringify(deed)}`;
    const end = result === undefined ? String(error ?? '') : JSON.stringify({ ...result, value: undefined });
    lines.push(`${id} on resource ${resource}: ${what}`, `  ${kind} ${end}`);
  }
  return lines.join('\n');
}

function changesOf(before: JsonValue | undefined, after: JsonValue | undefined): string {
  if (!isObject(after)) return 'deleted';
  const changed = Object.entries(after).filter(
    ([key, value]) => !isObject(before) || !deepEqual(before[key] ?? null, value),
  );
  return JSON.stringify(Object.fromEntries(changed));
}
