import type { StandardSchemaV1 } from '@standard-schema/spec';
import { InvalidMergeError } from '../errors/outcome-errors.js';
import type { Question } from './question.js';

/** The error for choices that the schema refuses. */
export function invalidPreview(question: Question, issues: readonly StandardSchemaV1.Issue[]): InvalidMergeError {
  const { url, base, local, remote, patch = [] } = question;
  const words = issues.map(({ message }) => message).join('; ');
  return new InvalidMergeError(
    `What was chosen fails the schema of ${url}: ${words}. Nothing was sent; choose otherwise and submit again.`,
    { url, edit: { base, local, remote, patch }, issues },
  );
}
