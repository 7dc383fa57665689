import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import type { EditResult } from '../contract/snapshot.js';
import type { Resolution } from '../core/conflict.js';
import type { Pointer } from '../core/json.js';
import type { Question } from './question.js';
import { answerTo, questionOf } from './question.js';

/** What a session's answer goes to: an edit that waits for it, or one that is yet to be made. */
export interface Line {
  /** Answers, and tells what becomes of the edit. */
  settle(chosen: Record<Pointer, Resolution>): Promise<EditResult>;
  discard(): Promise<void>;
  abort(): void;
  /** The question as it is now; the very same one where nothing moved. */
  latest(): Promise<Question>;
  /** Hears of a question that changes by itself. */
  watch?(listener: (question: Question) => unknown): void;
}

/** A line to the engine, which waits for `answer`. */
export interface EngineLine extends Line {
  readonly question: Question;
  readonly answer: Promise<ConflictAnswer>;
}

export function engineLine(context: ConflictContext): EngineLine {
  let give: (answer: ConflictAnswer) => void = () => {};
  const answer = new Promise<ConflictAnswer>((resolve) => {
    give = resolve;
  });
  let asked = { context, question: questionOf(context) };
  const { edit } = context;
  const adopt = (newest: ConflictContext): Question => {
    if (newest !== asked.context) asked = { context: newest, question: questionOf(newest) };
    return asked.question;
  };
  return {
    question: asked.question,
    answer,
    settle(chosen) {
      give(answerTo(asked.question, chosen));
      return outcomeOf(context);
    },
    async discard() {
      give('discard');
      await outcomeOf(context);
    },
    abort: () => give('abort'),
    async latest() {
      const newest = await edit?.latest();
      return newest === undefined ? asked.question : adopt(newest);
    },
    watch(listener) {
      edit?.watch?.((newest) => listener(adopt(newest)));
    },
  };
}

function outcomeOf({ edit }: ConflictContext): Promise<EditResult> {
  return edit?.outcome ?? Promise.reject(new TypeError('This context has no edit.'));
}

/** Ends a session when its edit ends. */
export function follow(
  session: { end(outcome: { readonly result: EditResult } | { readonly error: unknown }): void },
  outcome: Promise<EditResult>,
): void {
  outcome.then(
    (result) => session.end({ result }),
    (error: unknown) => session.end({ error }),
  );
}
