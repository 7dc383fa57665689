import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/engine/queue/edit.js';
import { ResourceState } from '../../src/engine/resource/resource-state.js';
import { etag } from '../../src/protocol/versions/etag.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { fakeClock, settle } from './fake-clock.js';
import { fakePort, found, missing } from './fake-port.js';
import { bench, editOf } from './fake-run.js';

const never = new AbortController().signal;

function fresh(): { readonly resource: ResourceState; readonly errors: unknown[] } {
  const errors: unknown[] = [];
  return {
    resource: new ResourceState('https://example.com/a', codecOf(etag()), (error) => errors.push(error), fakeClock()),
    errors,
  };
}

describe('what is known of a resource', () => {
  test('is empty', () => {
    const { resource: empty } = fresh();
    expect(empty.state).toBeUndefined();
    expect(empty.status).toBe('empty');
  });

  test('is idle with its first state', () => {
    const { resource: first } = fresh();
    first.keep({ value: 1, version: '"1"' }, false);
    expect(first.state).toEqual({ value: 1, version: '"1"' });
    expect(first.status).toBe('idle');
  });
});

describe('a state', () => {
  test('that is kept is frozen', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    expect(Object.isFrozen(kept.state)).toBe(true);
  });

  test('of the same version stays the very same object', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    const before = kept.state;
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    expect(kept.state).toBe(before);
    expect(kept.moves).toBe(0);
  });

  test('whose tag has grown strong keeps its value and takes the tag', () => {
    const { resource: kept } = fresh();
    const value = { a: 1 };
    kept.keep({ value, version: 'W/"1"' }, false);
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    expect(kept.state?.version).toBe('"1"');
    expect(kept.state?.value).toBe(value);
    expect(kept.moves).toBe(0);
  });
});

describe('an own write that the server gives no new version', () => {
  test('shows all the same', () => {
    const { resource: kept } = fresh();
    let calls = 0;
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    kept.subscribe(() => (calls += 1));
    kept.keep({ value: { a: 2 }, version: '"1"' }, true);
    expect(kept.state).toEqual({ value: { a: 2 }, version: '"1"' });
    expect(calls).toBe(1);
    expect(kept.moves).toBe(0);
  });

  test('and that changes nothing leaves the very same object', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    const before = kept.state;
    kept.keep({ value: { a: 1 }, version: '"1"' }, true);
    expect(kept.state).toBe(before);
  });
});

describe('moves', () => {
  test('are counted where others changed the resource', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, false);
    expect(kept.moves).toBe(1);
  });

  test('are not counted for our own writes', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    expect(kept.moves).toBe(0);
  });

  test('are not counted where only the version was learned', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: { a: 1 }, version: undefined }, true);
    kept.keep({ value: { a: 1 }, version: '"2"' }, false);
    expect(kept.moves).toBe(0);
    expect(kept.state?.version).toBe('"2"');
  });

  test('are counted where a state without a version turned out to be another', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: { a: 1 }, version: undefined }, true);
    kept.keep({ value: { a: 2 }, version: '"2"' }, false);
    expect(kept.moves).toBe(1);
  });
});

const madeFrom = ({ input }: Edit) => [input.baseVersion, input.movesBefore] as const;

describe('an edit', () => {
  const on = bench();
  on.resource.keep({ value: 1, version: '"1"' }, false);
  const base = { value: 1, version: '"1"' };

  test('made from the state there is has not been moved', () => {
    expect(on.resource.movedSince(...madeFrom(editOf(on, base, 2)))).toBe(false);
  });

  test('made from another version has', () => {
    expect(on.resource.movedSince(...madeFrom(editOf(on, { value: 0, version: '"0"' }, 2)))).toBe(true);
  });

  test('made on top of other edits has when others changed the resource since', () => {
    const edit = editOf(on, { value: 1, version: undefined }, 2);
    expect(on.resource.movedSince(...madeFrom(edit))).toBe(false);
    on.resource.keep({ value: 5, version: '"5"' }, false);
    expect(on.resource.movedSince(...madeFrom(edit))).toBe(true);
  });
});

describe('versions left behind', () => {
  test('are known', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    expect(kept.leftBehind('"1"')).toBe(true);
    expect(kept.leftBehind('"2"')).toBe(false);
    expect(kept.leftBehind(undefined)).toBe(false);
  });

  test('are known too when read again with a weak tag', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    expect(kept.leftBehind('W/"1"')).toBe(true);
  });

  test('do not take the snapshot back when a lagging replica shows them', async () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    await kept.refetch(fakePort({ reads: [found('"1"', 1)] }), never, false);
    expect(kept.state?.version).toBe('"2"');
    expect(kept.moves).toBe(0);
  });

  test('do not take the snapshot back when the lagging replica answers through a gateway that weakens tags', async () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    await kept.refetch(fakePort({ reads: [found('W/"1"', 1)] }), never, false);
    expect(kept.state?.version).toBe('"2"');
  });

  test('that come back for good are current again', () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, false);
    kept.keep({ value: 1, version: '"1"' }, false);
    expect(kept.leftBehind('"1"')).toBe(false);
    expect(kept.leftBehind('"2"')).toBe(true);
  });
});

describe('reads', () => {
  test('share one that is under way; those of the loop never do', async () => {
    const { resource: kept } = fresh();
    let land: () => void = () => {};
    const gate = new Promise<void>((resolve) => (land = resolve));
    const port = fakePort({ reads: [() => gate.then(() => found('"1"', 1))] });
    const clock = fakeClock();
    const all = [
      kept.read(port, clock, never, true),
      kept.read(port, clock, never, true),
      kept.refetch(port, never, true),
    ];
    await settle();
    expect(port.reads.map(({ plain }) => plain)).toEqual([false, true]);
    land();
    await Promise.all(all);
  });

  test('of the loop that find nothing leave the state as it is', async () => {
    const { resource: kept } = fresh();
    kept.keep({ value: 1, version: '"1"' }, false);
    await expect(kept.refetch(fakePort({ reads: [missing] }), never, false)).resolves.toMatchObject({
      kind: 'missing',
    });
    expect(kept.state?.version).toBe('"1"');
  });
});

describe('a 404', () => {
  test('that a create of ours has overtaken does not take back what was made', async () => {
    const { resource: kept } = fresh();
    const port = fakePort({ reads: [missing] });
    const read = kept.refetch(port, never, false);
    kept.keep({ value: 1, version: '"1"' }, true);
    await expect(read).resolves.toMatchObject({ kind: 'found', state: { version: '"1"' } });
    await expect(kept.refetch(port, never, false)).resolves.toMatchObject({ kind: 'missing' });
  });
});

describe('listeners', () => {
  test('hear of a new state and of a new status, and of nothing else', () => {
    const { resource: kept } = fresh();
    let calls = 0;
    kept.subscribe(() => (calls += 1));
    kept.keep({ value: 1, version: '"1"' }, false);
    expect(calls).toBe(1);
    kept.keep({ value: 1, version: '"1"' }, false);
    expect(calls).toBe(1);
    kept.setStatus('saving');
    kept.setStatus('saving');
    expect(calls).toBe(2);
    kept.lose();
    expect(calls).toBe(3);
    expect(kept.status).toBe('gone');
    expect(kept.state).toBeUndefined();
  });

  test('that throw are reported, and the others called', () => {
    const { resource: kept, errors } = fresh();
    let calls = 0;
    kept.subscribe(() => {
      throw new Error('broken');
    });
    const leave = kept.subscribe(() => (calls += 1));
    kept.setStatus('saving');
    expect(calls).toBe(1);
    expect(errors).toEqual([new Error('broken')]);
    leave();
    kept.setStatus('idle');
    expect(calls).toBe(1);
  });
});
