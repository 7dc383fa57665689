import { type Answer, type Problem, problemAnswer } from './answer.js';
import type { JsonValue } from './core.js';
import { type PathPattern, pathMatches } from './path.js';

/**
 * A business rule. Looks at the document as the write would make it (undefined: deleted) and as it is (undefined: not there yet);
 * returns problem details to refuse the write, undefined to let it pass. The status is the problem's `status`, else 409.
 */
export type RefusalRule = (
  next: JsonValue | undefined,
  current: JsonValue | undefined,
  path: string,
) => Problem | undefined;

export interface Refusals {
  /** Returns what takes the rule away again. */
  add(pattern: PathPattern, rule: RefusalRule): () => void;
  refusal(path: string, next: JsonValue | undefined, current: JsonValue | undefined): Answer | undefined;
  clear(): void;
}

export function createRefusals(): Refusals {
  const rules = new Set<{ readonly pattern: PathPattern; readonly rule: RefusalRule }>();
  return {
    add: (pattern, rule) => {
      const entry = { pattern, rule };
      rules.add(entry);
      return () => {
        rules.delete(entry);
      };
    },
    refusal: (path, next, current) => {
      for (const { pattern, rule } of rules) {
        if (!pathMatches(pattern, path)) continue;
        const problem = rule(next, current, path);
        if (problem) return problemAnswer('refused', problem.status ?? 409, problem);
      }
      return undefined;
    },
    clear: () => rules.clear(),
  };
}
