import {
  ConflictError,
  counter,
  ExistsError,
  GoneError,
  InDoubtError,
  LockedError,
  type ResourceOptions,
} from 'unconflict';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Article, type Subject, setTable, type Table } from './harness/table.js';

const CLIENTS = 8;
const ROUNDS = 10;

const entitle =
  (title: string) =>
  (article: Article): void => {
    article.title = title;
  };
const write =
  (text: string) =>
  (article: Article): void => {
    article.text = text;
  };
const view = (article: Article): void => {
  article.views += 1;
};

const caught = async (doing: Promise<unknown>): Promise<unknown> => {
  try {
    await doing;
  } catch (error) {
    return error;
  }
  throw new Error('This was expected to be rejected, and was not.');
};

/** The same story on every server: whatever its protocol, no edit is lost and none lands twice. */
export function scenarios(subject: Subject): void {
  describe(subject.name, () => {
    let table: Table;
    beforeAll(async () => {
      table = await setTable(subject);
    });
    afterAll(() => table?.clear());

    test('two clients on disjoint fields: both edits are there', async () => {
      const { ann, ben } = await table.pair('disjoint');
      await ann.article.edit(entitle('By Ann'));
      const result = await ben.article.edit(write('By Ben'));
      expect(result).toMatchObject({ rebased: true, value: { title: 'By Ann', text: 'By Ben' } });
      // One where a weak tag was asked about first, and showed the newer state before anything was sent.
      expect(result.attempts).toBeLessThanOrEqual(2);
      expect(await table.stored('disjoint')).toMatchObject({ title: 'By Ann', text: 'By Ben', views: 0 });
    });

    test('the same field, with a resolver: its answer is what lands', async () => {
      const { ann, ben } = await table.pair('resolved', {
        resolve: ({ conflicts }) => ({
          resolutions: Object.fromEntries(conflicts.map(({ basePath }) => [basePath, { value: 'By both' }])),
        }),
      });
      await ann.article.edit(entitle('By Ann'));
      const result = await ben.article.edit(entitle('By Ben'));
      expect(result.resolved).toMatchObject([{ basePath: '/title', by: 'resolver' }]);
      expect(await table.stored('resolved')).toMatchObject({ title: 'By both', text: 'First' });
    });

    test('the same field, unresolved: ConflictError, nothing is overwritten, and retry() goes on', async () => {
      const { ann, ben } = await table.pair('unresolved');
      await ann.article.edit(entitle('By Ann'));
      const error = await caught(ben.article.edit(entitle('By Ben')));
      expect(await table.stored('unresolved')).toMatchObject({ title: 'By Ann' });
      if (!(error instanceof ConflictError)) throw error;
      expect(error.conflicts).toMatchObject([{ path: '/title', kind: 'value' }]);
      expect(error).toMatchObject({ local: { title: 'By Ben' }, remote: { title: 'By Ann' } });
      await error.retry('local');
      expect(await table.stored('unresolved')).toMatchObject({ title: 'By Ben' });
    });

    test('deleted under the edit: GoneError keeps the local value, and nothing is created again', async () => {
      const { ann, ben } = await table.pair('deleted');
      await ann.article.delete();
      const error = await caught(ben.article.edit(entitle('By Ben')));
      if (!(error instanceof GoneError)) throw error;
      expect(error.local).toMatchObject({ title: 'By Ben' });
      expect(await table.stored('deleted')).toBeUndefined();
    });

    test('a delete of an old state is refused while someone has written a newer one', async () => {
      const { ann, ben } = await table.pair('kept');
      await ann.article.edit(entitle('By Ann'));
      expect(await caught(ben.article.delete())).toBeInstanceOf(ConflictError);
      expect(await table.stored('kept')).toMatchObject({ title: 'By Ann' });
    });

    test('created twice: the second is ExistsError, or takes over what is there', async () => {
      await table.sit('twice').article.create({ ...table.draft('twice'), title: 'The first' });
      expect(await caught(table.sit('twice').article.create(table.draft('twice')))).toBeInstanceOf(ExistsError);
      const adopted = await table.sit('twice', { exists: 'adopt' }).article.create(table.draft('twice'));
      expect(adopted.value).toMatchObject({ title: 'The first' });
      expect(await table.stored('twice')).toMatchObject({ title: 'The first' });
    });

    test(`${CLIENTS} clients add to a counter ${ROUNDS} times each: none is lost, none counts twice`, async () => {
      const adding: ResourceOptions<Article> = {
        merge: { ...subject.options.merge, '/views': counter() },
        retry: { attempts: 500, deadline: 120_000, maxDelay: 250 },
      };
      const all = await table.seats('counter', CLIENTS, adding);
      await Promise.all(
        all.map(async ({ article }) => {
          for (let round = 0; round < ROUNDS; round += 1) await article.edit(view);
        }),
      );
      expect(await table.stored('counter')).toMatchObject({ views: CLIENTS * ROUNDS, title: 'Draft' });
    }, 150_000);

    test('a lost answer: the edit landed, and lands once', async () => {
      const { ben } = await table.pair('lost', { merge: { ...subject.options.merge, '/views': counter() } });
      ben.network.loseNextAnswer();
      // The title tells that the patch has landed, and a patch lands whole.
      const result = await ben.article.edit((draft) => {
        view(draft);
        entitle('By Ben')(draft);
      });
      expect(ben.network.lost).toBe(1);
      expect(result).toMatchObject({ alreadyApplied: true, value: { title: 'By Ben', views: 1 } });
      expect(await table.stored('lost')).toMatchObject({ title: 'By Ben', views: 1 });
    });

    test('a lost answer to a counter alone: nobody can tell, so it is in doubt, and not counted twice', async () => {
      const { ben } = await table.pair('in-doubt', { merge: { ...subject.options.merge, '/views': counter() } });
      ben.network.loseNextAnswer();
      expect(await caught(ben.article.edit(view))).toBeInstanceOf(InDoubtError);
      expect(await table.stored('in-doubt')).toMatchObject({ views: 1 });
    });

    const { lock } = subject;
    if (lock === undefined) return;

    test('a locked document: the edit waits, tells who is asked, and lands after the release', async () => {
      const { ben } = await table.pair('locked');
      const release = await lock(table.server, 'locked');
      const released = new Promise<void>((resolve, reject) => {
        const off = ben.client.on('locked', () => {
          off();
          release().then(resolve, reject);
        });
      });
      const result = await ben.article.edit(entitle('By Ben'));
      await released;
      expect(result).toMatchObject({ rebased: false, value: { title: 'By Ben' } });
      expect(await table.stored('locked')).toMatchObject({ title: 'By Ben' });
    });

    test('a locked document and nobody who waits: LockedError, nothing is written', async () => {
      const { ben } = await table.pair('locked-error', { locked: 'error' });
      const release = await lock(table.server, 'locked-error');
      const error = await caught(ben.article.edit(entitle('By Ben')));
      await release();
      expect(error).toBeInstanceOf(LockedError);
      expect(await table.stored('locked-error')).toMatchObject({ title: 'Draft' });
    });
  });
}
