import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, test } from 'vitest';
import { apply } from '../../src/core/patch/apply.js';
import type { Batch } from '../../src/engine/batch.js';
import { prepare } from '../../src/engine/prepare.js';
import type { Edit } from '../../src/engine/queue/edit.js';
import type { Bench } from './fake-run.js';
import { batchOf, bench, editOf, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1, b: 1 }, version: '"1"' };
const v2 = { value: { a: 1, b: 9 }, version: '"2"' };

/** These edits as they are prepared on v2. */
async function prepared(on: Bench, ...edits: [Edit, ...Edit[]]): Promise<Batch> {
  const batch = batchOf(on, edits, v2);
  await prepare(batch);
  batch.close();
  return batch;
}

describe('edits', () => {
  test('are made again on the target, one after the other, as one patch', async () => {
    const on = bench();
    const made = await prepared(
      on,
      editOf(on, v1, { a: 2, b: 1 }),
      editOf(on, { value: { a: 2, b: 1 }, version: undefined }, { a: 3, b: 1, c: 1 }),
    );
    expect(made.value).toEqual({ a: 3, b: 9, c: 1 });
    expect(apply(v2.value, made.patch)).toEqual(made.value);
  });

  test('made from what is there still, in another copy, are what they were made to be', async () => {
    const on = bench();
    const edit = editOf(on, { value: { a: 1, b: 9 }, version: v2.version }, { a: 2, b: 9 });
    on.resource.keep(v2, false);
    const made = await prepared(on, edit);
    expect(made.patch).toBe(edit.intent.patch);
    expect(made.value).toBe(edit.intent.local);
  });

  test('that have nothing to change make an empty patch', async () => {
    const on = bench();
    const edit = editOf(on, v1, v1.value);
    const made = await prepared(on, edit);
    expect(made.patch).toEqual([]);
    await expect(edit.promise).resolves.toMatchObject({ value: v2.value, alreadyApplied: true });
  });

  test('in conflict that nobody settles end, and their neighbours are made without them', async () => {
    const on = bench();
    const [bad, good] = [editOf(on, v1, { a: 1, b: 2 }), editOf(on, v1, { a: 2, b: 1 })];
    const made = await prepared(on, bad, good);
    await expect(bad.promise).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(made.sent).toEqual([good]);
    expect(made.value).toEqual({ a: 2, b: 9 });
  });
});

const picky = (validate: StandardSchemaV1['~standard']['validate']): StandardSchemaV1 => ({
  '~standard': { version: 1, vendor: 'test', validate },
});

describe('a schema', () => {
  test('that refuses the merged value refuses the edit, and tells every issue', async () => {
    const schema = picky(() => ({ issues: [{ message: 'too short', path: ['a'] }, { message: 'too dull' }] }));
    const on = bench({}, { schema });
    const edit = editOf(on, v1, { a: 2, b: 1 });
    const made = await prepared(on, edit);
    expect(made.sent).toEqual([]);
    await expect(edit.promise).rejects.toMatchObject({
      code: 'ERR_INVALID_MERGE',
      message: expect.stringContaining('too short; too dull'),
      issues: [{ message: 'too short' }, { message: 'too dull' }],
      edit: { base: v1.value, local: { a: 2, b: 1 }, remote: v2.value },
    });
  });

  test('may be asynchronous', async () => {
    const schema = picky(async (value) => ({ value }));
    const on = bench({}, { schema });
    const made = await prepared(on, editOf(on, v1, { a: 2, b: 1 }));
    expect(made.sent).toHaveLength(1);
  });

  test('that throws rejects that edit and no other', async () => {
    const schema = picky((value) => {
      if (JSON.stringify(value).includes('"a":2')) throw new Error('the schema broke');
      return { value };
    });
    const on = bench({ writes: [] }, { schema });
    const broken = editOf(on, v1, { a: 2, b: 1 });
    const fine = editOf(on, v1, { a: 1, b: 1, c: 1 });
    const made = await prepared(on, broken, fine);
    expect(made.sent).toEqual([fine]);
    await expect(broken.promise).rejects.toThrow('the schema broke');
  });
});

describe('replay', () => {
  test('makes the edit again from the target', async () => {
    const on = bench();
    const edit = editOf(
      on,
      v1,
      { a: 2, b: 1 },
      {
        replay: (value) => ({
          base: value,
          local: { replayed: true },
          patch: [{ op: 'replace', path: '', value: { replayed: true } }],
        }),
      },
    );
    const made = await prepared(on, edit);
    expect(made.value).toEqual({ replayed: true });
  });

  test('that throws ends that edit with the error', async () => {
    const on = bench();
    const error = new Error('nothing left to do');
    const edit = editOf(
      on,
      v1,
      { a: 2, b: 1 },
      {
        replay: () => {
          throw error;
        },
      },
    );
    const made = await prepared(on, edit);
    expect(made.sent).toEqual([]);
    await expect(edit.promise).rejects.toBe(error);
  });
});

test('a schema that never answers ends with the deadline, and with the caller', async () => {
  const schema = picky(() => new Promise(() => {}));
  const on = bench({}, { schema });
  on.resource.keep(v1, false);
  const late = outcomeOf(on.submit(v1, { a: 2, b: 1 }));
  await on.clock.advance(30_000);
  await expect(late).resolves.toMatchObject({ code: 'ERR_RETRY_LIMIT', attempts: 0 });
  const caller = new AbortController();
  const left = outcomeOf(on.submit(v1, { a: 2, b: 1 }, { signal: caller.signal }));
  await on.clock.advance(1);
  caller.abort('mine');
  await on.clock.advance(0);
  expect(await left).toBe('mine');
  await on.queue.settled();
  expect(on.clock.pending).toBe(0);
  expect(on.port.writes).toEqual([]);
});
