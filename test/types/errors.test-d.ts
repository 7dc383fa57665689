import type { JsonValue, MergeConflict, Patch, ProblemDetails } from 'unconflict';
import {
  ConflictError,
  type EditResult,
  type GoneError,
  InvalidMergeError,
  InvalidPatchError,
  isUnconflictError,
  LockedError,
  RefusedError,
  type UnconflictError,
} from 'unconflict';
import { expectTypeOf, test } from 'vitest';

declare const thrown: unknown;

test('isUnconflictError() narrows', () => {
  if (isUnconflictError(thrown)) {
    expectTypeOf(thrown).toEqualTypeOf<UnconflictError>();
    expectTypeOf(thrown.code).toEqualTypeOf<string>();
    expectTypeOf(thrown.url).toEqualTypeOf<string>();
    expectTypeOf(thrown.attempts).toEqualTypeOf<number>();
  }
});

test('each error says what it holds', () => {
  if (thrown instanceof ConflictError) {
    expectTypeOf(thrown.conflicts).toEqualTypeOf<readonly MergeConflict[]>();
    expectTypeOf(thrown.patch).toEqualTypeOf<Patch>();
  }
  if (thrown instanceof LockedError) {
    expectTypeOf(thrown.retryAfter).toEqualTypeOf<number | undefined>();
    expectTypeOf(thrown.holder).toEqualTypeOf<string | undefined>();
  }
  if (thrown instanceof RefusedError) expectTypeOf(thrown.problem).toEqualTypeOf<ProblemDetails | undefined>();
  if (thrown instanceof InvalidPatchError) expectTypeOf(thrown.index).toEqualTypeOf<number>();
  if (thrown instanceof InvalidMergeError) expectTypeOf(thrown.issues[0]?.message).toEqualTypeOf<string | undefined>();
});

test('documents keep their type', () => {
  const conflict = thrown as ConflictError<{ a: number }>;
  expectTypeOf(conflict.local).toEqualTypeOf<{ readonly a: number }>();
  expectTypeOf(conflict.remote).toEqualTypeOf<{ readonly a: number } | undefined>();
  expectTypeOf(conflict.retry('local')).resolves.toEqualTypeOf<EditResult<{ a: number }>>();
  conflict.retry({ value: { a: 1 } });
  // @ts-expect-error of another document
  conflict.retry({ value: { b: 1 } });
  // @ts-expect-error no such answer
  conflict.retry('force');
  expectTypeOf((thrown as GoneError).local).toEqualTypeOf<JsonValue>();
});

test('errors are not written to', () => {
  const error = thrown as UnconflictError;
  // @ts-expect-error fixed
  error.code = 'ERR_OTHER';
  // @ts-expect-error fixed
  error.attempts = 5;
});
