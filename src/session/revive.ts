import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { SavedConflict } from '../contract/conflict-session.js';
import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import type { Resource } from '../contract/resource.js';
import type { EditResult } from '../contract/snapshot.js';
import { diff } from '../core/diff/diff.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue, PointerPattern } from '../core/json.js';
import { rebaseEdit } from '../core/rebase/rebase.js';
import type { MergeRule } from '../core/rules/rule.js';
import { goneConflict, gonePreview } from '../engine/conflict/gone.js';
import { emptyLike } from '../engine/queue/edit.js';
import { shownText } from '../protocol/shown.js';
import type { Choices } from './choices.js';
import type { Labels } from './label.js';
import { namerOf } from './label.js';
import type { Line } from './line.js';
import { engineLine, follow } from './line.js';
import type { ConflictDesk } from './open-desk.js';
import { placeOn } from './open-desk.js';
import type { Question } from './question.js';
import { readSaved } from './saved-conflict.js';
import { Session } from './session.js';

/** The edit of a saved conflict, where it was not given up. */
export interface PendingEdit {
  /** Its `editId`: the engine asks about it under this name. */
  readonly id: string;
  /** Makes it again; the resolver it is asked about with is the desk. */
  again(): Promise<EditResult>;
}

/** What `reviveConflict` and an outbox bring back. */
export function revive(
  stored: SavedConflict<unknown>,
  resource: Resource,
  labels: Labels,
  pending?: PendingEdit,
): Session {
  const saved = readSaved(stored);
  assertOf(saved, resource);
  const rules = { merge: resource.merge, schema: resource.schema };
  const question = savedQuestion(saved, saved.remote, rules);
  const choices: Choices = new Map(saved.answers.map((answer) => [answer.conflict.basePath, answer]));
  const line: Line = {
    settle() {
      const meet = (context: ConflictContext): Promise<ConflictAnswer> => {
        const engine = engineLine(context);
        session.meet(engine.question, engine);
        return engine.answer;
      };
      const outcome = pending?.again() ?? editAgain(saved, resource, meet);
      follow(session, outcome);
      return outcome;
    },
    async discard() {
      session.end(undefined);
    },
    abort: () => session.end(undefined),
    async latest() {
      return savedQuestion(saved, await latestOf(resource), rules);
    },
  };
  const session = new Session(pending?.id ?? `saved:${saved.url}`, question, choices, line, namerOf(labels));
  return session;
}

/** The same, put on a desk, with its labels. */
export function reviveOn(
  desk: ConflictDesk,
  saved: SavedConflict<unknown>,
  resource: Resource,
  { labels, pending }: { readonly labels?: Labels | undefined; readonly pending?: PendingEdit } = {},
): Session {
  const place = placeOn(desk);
  const session = revive(saved, resource, labels ?? place.labels, pending);
  place.put(session, pending?.id);
  return session;
}

/** Its answer would be written over a document that it was never about. */
function assertOf({ url }: SavedConflict<unknown>, resource: Resource): void {
  const [own, shown] = [shownText(url), shownText(resource.url)];
  if (own === shown) return;
  throw new InvalidOptionsError(
    `The saved conflict is about ${own}, and the handle that is to save it is on ${shown}. Give it client.resource(saved.url).`,
    { option: 'resource', url: shown },
  );
}

function editAgain(
  { reason, url, base = null, version, local, patch }: SavedConflict,
  resource: Resource,
  resolve: (context: ConflictContext) => Promise<ConflictAnswer>,
): Promise<EditResult> {
  if (reason === 'exists') return resource.create(local, { resolve });
  const options = { base: { url, value: base, version }, resolve };
  return patch === undefined ? resource.replace(local, options) : resource.patch(patch, options);
}

/** Undefined: it is not there. */
async function latestOf(resource: Resource): Promise<JsonValue | undefined> {
  try {
    return (await resource.get()).value;
  } catch (error) {
    if (resource.status === 'gone') return undefined;
    throw error;
  }
}

/** What holds for the resource of a saved conflict. */
interface Rules {
  readonly merge: Readonly<Record<PointerPattern, MergeRule>>;
  readonly schema: StandardSchemaV1 | undefined;
}

/** The question of a saved conflict, with what the server has now, or had when it was saved. */
function savedQuestion(saved: SavedConflict, remote: JsonValue | undefined, { merge, schema }: Rules): Question {
  const { url, local, version } = saved;
  const creating = saved.reason === 'exists';
  const base = creating ? emptyLike(local) : (saved.base ?? null);
  const patch = saved.patch ?? diff(base, local, { merge });
  const own = { url, base: creating ? undefined : base, local, remote, patch: saved.patch, version, schema };
  if (remote === undefined) {
    const conflict = goneConflict({ base, local, patch });
    return {
      ...own,
      reason: 'gone',
      conflicts: [conflict],
      preview: ({ '': resolution }) => gonePreview(conflict, resolution),
    };
  }
  const preview: Question['preview'] = (resolutions) =>
    rebaseEdit({ base, patch, remote, merge, resolutions }, saved.patch !== undefined);
  return { ...own, reason: creating ? 'exists' : 'stale', conflicts: preview({}).conflicts, preview };
}
