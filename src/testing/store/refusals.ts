import { type Answer, type Problem, problemAnswer } from '../wire/answer.js';
import { type PathPattern, pathMatches } from './path.js';

/**
 * A business rule. Looks at copies of the document as the write would make it (undefined: deleted) and as it is (undefined: not there
 * yet); returns problem details to refuse the write, undefined to let it pass. The status is the problem's `status`, else 409.
 */
export type RefusalRule<T> = (next: T | undefined, current: T | undefined, path: string) => Problem | undefined;

type Judge = (next: string | undefined, current: string | undefined, path: string) => Problem | undefined;

/** Business rules by path, asked with the texts of documents. */
export interface Refusals {
  /** Returns what takes the rule away again. */
  add<T>(pattern: PathPattern, rule: RefusalRule<T>): () => void;
  refusal(path: string, next: string | undefined, current: string | undefined): Answer | undefined;
  clear(): void;
}

export function createRefusals(): Refusals {
  const rules = new Set<{ readonly pattern: PathPattern; readonly judge: Judge }>();
  return {
    add: <T>(pattern: PathPattern, rule: RefusalRule<T>) => {
      const judge: Judge = (next, current, path) => rule(parsed<T>(next), parsed<T>(current), path);
      const entry = { pattern, judge };
      rules.add(entry);
      return () => {
        rules.delete(entry);
      };
    },
    refusal: (path, next, current) => {
      for (const { pattern, judge } of rules) {
        if (!pathMatches(pattern, path)) continue;
        const problem = judge(next, current, path);
        if (problem) return problemAnswer('refused', problem.status ?? 409, problem);
      }
      return undefined;
    },
    clear: () => rules.clear(),
  };
}

function parsed<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  const value: T = JSON.parse(text);
  return value;
}
