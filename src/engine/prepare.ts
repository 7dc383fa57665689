import type { StandardSchemaV1 } from '@standard-schema/spec';
import { deepEqual } from '../core/deep-equal.js';
import type { JsonValue, Patch } from '../core/json.js';
import { mergeRules } from '../core/rules/merge-rules.js';
import { InvalidMergeError } from '../errors/outcome-errors.js';
import { accept } from './accept.js';
import type { Batch } from './batch.js';
import { LAG } from './budget.js';
import type { Decision, Making } from './decision.js';
import { failing } from './decision.js';
import { issuesOf } from './issues-of.js';
import type { State } from './port.js';
import type { Edit } from './queue/edit.js';
import type { Joint } from './queue/joint.js';
import { asOne, joinEdits, takenApart } from './queue/joint.js';

/** Makes the edits on the target, and the write out of them. */
export async function prepare(batch: Batch): Promise<Decision> {
  batch.board();
  const blocked = batch.kind === 'create' ? undefined : await checkVersion(batch);
  if (blocked !== undefined) return blocked;
  if (batch.kind === 'delete') {
    batch.sent = batch.live;
    batch.takeKey(batch.target);
    return { next: 'send' };
  }
  for (const edit of batch.live) {
    edit.rebased ||= batch.resource.movedSince(edit.input.baseVersion, edit.input.movesBefore);
    edit.doubts = batch.doubts;
  }
  const made = await makeAll(batch);
  if ('next' in made) return made;
  // Somebody's abort may have come while a hook was open: what is sent must not hold that edit.
  if (made.edits.length === 0 || made.edits.some((edit) => edit.settled)) return { next: 'prepare' };
  batch.sent = made.edits;
  batch.patch = asOne(batch.target.value, made.patches);
  batch.value = made.value;
  if (batch.patch.length === 0 && batch.kind === 'update') {
    if (meetsAbsence(batch, batch.target)) return { next: 'refetch', why: 'assumed', pause: LAG };
    return accept(batch, batch.target, true);
  }
  batch.takeKey();
  return { next: 'send' };
}

/**
 * Whether what was to be taken out is only seen not to be there. That may be a state from before it was put in, which a replica or a
 * cache still shows: it is looked at once more.
 */
export function meetsAbsence(batch: Batch, state: State): boolean {
  const isSeenAgain = batch.absent !== undefined && batch.isSame(batch.absent, state);
  batch.absent = state;
  const operations = batch.live.flatMap(({ intent }) => intent.patch);
  return !isSeenAgain && operations.length > 0 && operations.every(({ op }) => op === 'remove');
}

/** No update or delete goes out before it is known which version it is for. */
async function checkVersion(batch: Batch): Promise<Decision | undefined> {
  const { resource, policy } = batch;
  const target = resource.clean(batch.target);
  batch.target = target;
  const { codec, requireVersion } = policy;
  const { version } = target;
  // What is to be deleted is not known yet; or a version that the resource is known to have left would only be refused.
  const mustLook = batch.kind === 'delete' && (batch.live[0]?.target === undefined || resource.leftBehind(version));
  // Of another's write, which takes more for a version: what this one reads says what is to be done.
  const isTaken = version !== undefined && codec.takes?.(version) !== false;
  if (mustLook || (!isTaken && codec.versioned && (requireVersion || resource.versionless !== codec)))
    return { next: 'refetch', why: 'version' };
  if (target.isAssumed === true && batch.kind === 'update') return { next: 'refetch', why: 'assumed' };
  if (version === undefined) return undefined;
  if (codec.refuses(version)) {
    const why = `${resource.url} has the weak version ${version}, and this resource's version scheme refuses weak ones.`;
    return failing({ kind: 'no-version', cause: undefined, why });
  }
  const isDoubtful = codec.dubious(version) || codec.bare?.(version) !== undefined;
  return isDoubtful && !resource.tagsAsked ? (await batch.conflictCode()).settleTag(batch) : undefined;
}

/** Makes every row of edits on what came of the one before. One that cannot be made is taken apart, and whose fault it was ends, the neighbours unharmed. */
async function makeAll(
  batch: Batch,
): Promise<
  { readonly edits: readonly Edit[]; readonly patches: readonly Patch[]; readonly value: JsonValue } | Decision
> {
  const edits: Edit[] = [];
  const patches: Patch[] = [];
  let { value } = batch.target;
  const rows = await rowsOf(batch);
  for (let joint = rows.shift(); joint !== undefined; joint = rows.shift()) {
    // Its caller has left while a neighbour's schema or resolver took its time.
    if (joint.edits.every((edit) => edit.settled)) continue;
    const making = await make(batch, joint, value);
    if (making.kind === 'moved') return making.decision;
    if (making.kind === 'made') {
      edits.push(...joint.edits);
      patches.push(making.patch);
      value = making.value;
    } else if (making.kind !== 'settled') {
      // What was made while it was asked about is of one row with it.
      const asked = making.kind === 'open' ? making.joint : joint;
      const { edits: row } = asked;
      if (row.length === 1) (await batch.conflictCode()).rejectMaking(batch, row[0], making, value);
      else rows.unshift(...takenApart(asked, making.kind === 'open' ? { cause: making.cause } : undefined));
    }
  }
  return { edits, patches, value };
}

/** What was made on what showed is of one row with that, also where others' changes had come under it before. */
async function rowsOf(batch: Batch): Promise<Joint[]> {
  const rows = joinEdits(batch.live);
  return rows.length > 1 ? (await batch.conflictCode()).joinShown(rows) : rows;
}

async function make(batch: Batch, joint: Joint, value: JsonValue): Promise<Making> {
  const [{ input }] = joint.edits;
  const { schema } = input.policy;
  const made = await makeOn(batch, joint, value);
  if (made.kind !== 'made' || schema === undefined) return made;
  // A schema may never answer.
  const issues = await batch.budget.until(issuesOf(schema, made.value));
  if (issues.length === 0) return made;
  return { kind: 'failed', errorFor: (edit) => invalidMerge(batch, edit, issues) };
}

async function makeOn(batch: Batch, joint: Joint, value: JsonValue): Promise<Making> {
  const { intent } = joint;
  const [{ input, rebased }] = joint.edits;
  for (const edit of joint.edits) edit.resolved = edit.settledByValue;
  try {
    if (input.replay !== undefined) {
      const { patch, local } = input.replay(value);
      return { kind: 'made', patch, value: local };
    }
    // On its own base, or one that is equal to it, an edit is what it was made to be, but for what the server owns.
    if (!rebased && !mergeRules(input.policy.merge).hasServer && deepEqual(value, intent.base))
      return { kind: 'made', patch: intent.patch, value: intent.local };
  } catch (error) {
    return { kind: 'failed', errorFor: () => error };
  }
  return (await batch.conflictCode()).remake(batch, joint, value);
}

function invalidMerge(
  { resource, target }: Batch,
  edit: Edit,
  issues: readonly StandardSchemaV1.Issue[],
): InvalidMergeError {
  const words = issues.map((issue) => issue.message).join('; ');
  return new InvalidMergeError(
    `The value to be written to ${resource.url} fails the resource's schema: ${words}. Nothing was written; mend the edit or the merge rules.`,
    { ...edit.facts(target.value), issues },
  );
}
