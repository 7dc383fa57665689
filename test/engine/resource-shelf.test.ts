import { describe, expect, test } from 'vitest';
import { ResourceShelf } from '../../src/engine/resource-shelf.js';
import { codecOf } from '../../src/protocol/codec-of.js';
import { etag } from '../../src/protocol/etag.js';
import { settle } from './fake-clock.js';
import { fakePort, found, missing } from './fake-port.js';
import { bench, editOf } from './fake-run.js';

const never = new AbortController().signal;

function shelf(): { readonly shelf: ResourceShelf; readonly errors: unknown[] } {
  const errors: unknown[] = [];
  return { shelf: new ResourceShelf(codecOf(etag()), (error) => errors.push(error)), errors };
}

describe('a new shelf', () => {
  test('is empty', () => {
    const { shelf: empty } = shelf();
    expect(empty.state).toBeUndefined();
    expect(empty.status).toBe('empty');
  });

  test('is idle with its first state', () => {
    const { shelf: first } = shelf();
    first.keep({ value: 1, version: '"1"' }, false);
    expect(first.state).toEqual({ value: 1, version: '"1"' });
    expect(first.status).toBe('idle');
  });
});

describe('a state', () => {
  test('that is kept is frozen', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    expect(Object.isFrozen(kept.state)).toBe(true);
  });

  test('of the same version stays the very same object', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    const before = kept.state;
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    expect(kept.state).toBe(before);
    expect(kept.moves).toBe(0);
  });

  test('whose tag has grown strong keeps its value and takes the tag', () => {
    const { shelf: kept } = shelf();
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
    const { shelf: kept } = shelf();
    let calls = 0;
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    kept.subscribe(() => (calls += 1));
    kept.keep({ value: { a: 2 }, version: '"1"' }, true);
    expect(kept.state).toEqual({ value: { a: 2 }, version: '"1"' });
    expect(calls).toBe(1);
    expect(kept.moves).toBe(0);
  });

  test('and that changes nothing leaves the very same object', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: { a: 1 }, version: '"1"' }, false);
    const before = kept.state;
    kept.keep({ value: { a: 1 }, version: '"1"' }, true);
    expect(kept.state).toBe(before);
  });
});

describe('moves', () => {
  test('are counted where others changed the resource', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, false);
    expect(kept.moves).toBe(1);
  });

  test('are not counted for our own writes', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    expect(kept.moves).toBe(0);
  });

  test('are not counted where only the version was learned', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: { a: 1 }, version: undefined }, true);
    kept.keep({ value: { a: 1 }, version: '"2"' }, false);
    expect(kept.moves).toBe(0);
    expect(kept.state?.version).toBe('"2"');
  });

  test('are counted where a state without a version turned out to be another', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: { a: 1 }, version: undefined }, true);
    kept.keep({ value: { a: 2 }, version: '"2"' }, false);
    expect(kept.moves).toBe(1);
  });
});

describe('an edit', () => {
  const on = bench();
  on.shelf.keep({ value: 1, version: '"1"' }, false);
  const base = { value: 1, version: '"1"' };

  test('made from the state there is has not been moved', () => {
    expect(on.shelf.movedSince(editOf(on, base, 2))).toBe(false);
  });

  test('made from another version has', () => {
    expect(on.shelf.movedSince(editOf(on, { value: 0, version: '"0"' }, 2))).toBe(true);
  });

  test('made on top of other edits has when others changed the resource since', () => {
    const edit = editOf(on, { value: 1, version: undefined }, 2);
    expect(on.shelf.movedSince(edit)).toBe(false);
    on.shelf.keep({ value: 5, version: '"5"' }, false);
    expect(on.shelf.movedSince(edit)).toBe(true);
  });
});

describe('versions left behind', () => {
  test('are known', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    expect(kept.leftBehind('"1"')).toBe(true);
    expect(kept.leftBehind('"2"')).toBe(false);
    expect(kept.leftBehind(undefined)).toBe(false);
  });

  test('are known too when read again with a weak tag', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    expect(kept.leftBehind('W/"1"')).toBe(true);
    expect(kept.leftBehind('"1-gzip"')).toBe(true);
  });

  test('do not take the snapshot back when a lagging replica shows them', async () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    await kept.read(fakePort({ reads: [found('"1"', 1)] }), never);
    expect(kept.state?.version).toBe('"2"');
    expect(kept.moves).toBe(0);
  });

  test('do not take the snapshot back when the lagging replica answers through a gateway that weakens tags', async () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, true);
    await kept.read(fakePort({ reads: [found('W/"1"', 1)] }), never);
    expect(kept.state?.version).toBe('"2"');
  });

  test('that come back for good are current again', () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    kept.keep({ value: 2, version: '"2"' }, false);
    kept.keep({ value: 1, version: '"1"' }, false);
    expect(kept.leftBehind('"1"')).toBe(false);
    expect(kept.leftBehind('"2"')).toBe(true);
  });
});

describe('reads', () => {
  test('share one that is under way; looks never do', async () => {
    const { shelf: kept } = shelf();
    let land: () => void = () => {};
    const gate = new Promise<void>((resolve) => (land = resolve));
    const port = fakePort({ reads: [() => gate.then(() => found('"1"', 1))] });
    const all = [kept.read(port, never), kept.read(port, never), kept.look(port, never, true)];
    await settle();
    expect(port.reads.map(({ plain }) => plain)).toEqual([false, true]);
    land();
    await Promise.all(all);
  });

  test('that find nothing leave the state to who asked', async () => {
    const { shelf: kept } = shelf();
    kept.keep({ value: 1, version: '"1"' }, false);
    await expect(kept.read(fakePort({ reads: [missing] }), never)).resolves.toMatchObject({ kind: 'missing' });
    expect(kept.state?.version).toBe('"1"');
  });
});

describe('a 404', () => {
  test('that a create of ours has overtaken does not take back what was made', async () => {
    const { shelf: kept } = shelf();
    const port = fakePort({ reads: [missing] });
    const read = kept.read(port, never);
    kept.keep({ value: 1, version: '"1"' }, true);
    await expect(read).resolves.toMatchObject({ kind: 'found', state: { version: '"1"' } });
    await expect(kept.read(port, never)).resolves.toMatchObject({ kind: 'missing' });
  });
});

describe('listeners', () => {
  test('hear of a new state and of a new status, and of nothing else', () => {
    const { shelf: kept } = shelf();
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
    const { shelf: kept, errors } = shelf();
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
