import fc from 'fast-check';
import { type AnyResourceOptions, createClient, etag, field } from 'unconflict';
import { type ConflictServerOptions, createConflictServer } from 'unconflict/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PATH, writing } from './support.js';

interface Page {
  title: string;
  body: string;
  seen: number;
  rows: { id: number; text: string }[];
  theirs: string;
  both: string;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How APIs say which version it is, and how they are written to. */
const APIS: readonly (readonly [ConflictServerOptions, AnyResourceOptions])[] = [
  [{}, {}],
  [{ version: 'weak-etag' }, { version: etag({ weak: 'verbatim' }) }],
  [{ version: { field: '/version' } }, { version: field('/version') }],
  [{ gateway: 'weaken' }, {}],
  [{ patches: ['merge-patch'] }, { write: 'merge-patch' }],
  [{ patches: [] }, { write: 'put' }],
];

const WRITES = { method: ['PATCH', 'PUT'] };

/** What happens, in order. `type` and `row` are the person; `stranger`, `lose`, `refuse`, `read` everybody else; `clash` is both; `wait` is ms. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      field: fc.constantFrom('title' as const, 'body' as const),
      text: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', ' ', 'ä') }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('row' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stranger' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clash' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('lose' as const, 'refuse' as const, 'drop' as const, 'read' as const, 'save' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 30, 120, 400) }) },
);

function strangerIn(doc: Page, id: number): void {
  doc.seen += 1;
  doc.theirs += 'x';
  doc.rows.unshift({ id, text: 'theirs' });
}

test('every character typed and every field others changed is there in the end, whatever is lost, refused and trimmed', async () => {
  const scene = fc.record({
    steps: fc.array(happening, { minLength: 4, maxLength: 40 }),
    api: fc.constantFrom(...APIS),
    trims: fc.boolean(),
    latency: fc.constantFrom(0, 2, 50),
    answer: fc.constantFrom('representation' as const, 'nothing' as const, 'minimal' as const),
  });
  await fc.assert(
    fc.asyncProperty(scene, async ({ steps, api: [ownServer, ownClient], trims, latency, answer }) => {
      const server = createConflictServer({
        ...ownServer,
        latency,
        answer,
        ...(trims && { normalise: 'trim' as const }),
      });
      server.seed(PATH, { title: '', body: '', seen: 0, rows: [], theirs: '', both: '' });
      const client = createClient({
        prefix: server.origin,
        fetch: server.fetch,
        retry: 0,
        defaults: { ...ownClient, retry: { minDelay: 0, maxDelay: 1 } },
      });
      const resource = client.resource<Page>(PATH.slice(1));
      const run = <T>(promise: Promise<T>): Promise<T> => vi.advanceTimersByTimeAsync(5_000).then(() => promise);
      await run(resource.get());
      let questions = 0;
      const draft = resource.draft({
        autosave: { after: 100, atMost: 300 },
        // Meanwhile the person types on.
        onConflict: () => {
          questions += 1;
          return new Promise((resolve) => setTimeout(() => resolve('local'), 150));
        },
      });
      // Its code is loaded, which no clock of ours waits for.
      await draft.save();
      const wanted = { title: '', body: '' };
      let rows = 0;
      let strangers = 0;
      let clashes = 0;
      for (const step of steps) {
        switch (step.kind) {
          case 'type':
            // A person types on what is on the screen.
            draft.change((doc) => void Object.assign(doc, { [step.field]: doc[step.field] + step.text }));
            wanted[step.field] += step.text;
            break;
          case 'row':
            rows += 1;
            draft.change((doc) => void doc.rows.push({ id: 1_000 + rows, text: 'mine' }));
            break;
          case 'stranger':
            strangers += 1;
            server.edit<Page>(PATH, (doc) => strangerIn(doc, strangers));
            break;
          case 'clash':
            clashes += 1;
            draft.set('/both', `mine ${clashes}`);
            strangers += 1;
            server.edit<Page>(PATH, (doc) => {
              doc.both = `theirs ${clashes}`;
              strangerIn(doc, strangers);
            });
            break;
          case 'lose':
            server.fault({ kind: 'lose-answer', on: WRITES });
            break;
          case 'drop':
            server.fault({ kind: 'lose-request', on: WRITES });
            break;
          case 'refuse':
            server.fault({ kind: 'status', status: 403, on: WRITES });
            break;
          case 'read':
            resource.get().catch(() => {});
            break;
          case 'save':
            draft.save().catch(() => {});
            break;
          case 'wait':
            await vi.advanceTimersByTimeAsync(step.ms);
        }
        for (const field of ['title', 'body'] as const) {
          const shown = draft.value?.[field] ?? '';
          if (!trims) expect(shown).toBe(wanted[field]);
          else expect(shown.replaceAll(' ', '')).toBe(wanted[field].replaceAll(' ', ''));
        }
      }
      for (let tries = 0; tries < 60 && draft.status !== 'clean'; tries++) {
        draft.save().catch(() => {});
        await vi.advanceTimersByTimeAsync(40_000);
      }
      await vi.advanceTimersByTimeAsync(5_000);
      const value: unknown = server.get(PATH)?.value;
      const { title, body, seen, theirs, rows: kept } = value as Page;
      const letters = (text: string): string => (trims ? text.replaceAll(' ', '') : text);
      expect({ status: draft.status, title: letters(title), body: letters(body) }).toEqual({
        status: 'clean',
        title: letters(wanted.title),
        body: letters(wanted.body),
      });
      expect({ seen, theirs }).toEqual({ seen: strangers, theirs: 'x'.repeat(strangers) });
      expect(kept.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([
        ...Array.from({ length: strangers }, (_, at) => at + 1),
        ...Array.from({ length: rows }, (_, at) => 1_001 + at),
      ]);
      // For one clash it is asked once, and nobody else wrote where the rest was typed.
      expect(questions).toBeLessThanOrEqual(clashes);
      // Where the answer has no body, nobody has seen yet what the server made of it.
      await run(resource.get());
      expect(draft.value).toMatchObject({ title, body, seen, theirs, rows: kept });
      await run(client.close());
    }),
    { numRuns: Number(process.env.DRAFT_RUNS ?? 200) },
  );
}, 60_000);

test('what was typed without a pause stands on the screen, though others write over it as soon as it is saved', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'c') },
    { weight: 3, arbitrary: fc.constantFrom('over' as const, 'over' as const, 'lose' as const, 'refuse' as const) },
    { weight: 4, arbitrary: fc.constantFrom(1, 30, 60, 150) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), async (steps) => {
      const { server, resource, draft, type, other, asked, now } = await writing({
        autosave: { after: 100, atMost: 40 },
        answer: () => 'local',
      });
      let burst = '';
      let paused = 0;
      let overs = 0;
      for (const happens of steps) {
        if (typeof happens === 'number') {
          await vi.advanceTimersByTimeAsync(happens);
          paused += happens;
          if (paused >= 100) burst = '';
        } else if (happens === 'over') {
          overs += 1;
          other((article) => void Object.assign(article, { title: `(theirs ${overs})` }));
          resource.get().catch(() => {});
        } else if (happens === 'lose') server.fault({ kind: 'lose-answer', on: WRITES });
        else if (happens === 'refuse') server.fault({ kind: 'status', status: 403, on: WRITES });
        else {
          type('title', happens);
          burst += happens;
          paused = 0;
        }
        expect(draft.value?.title.endsWith(burst)).toBe(true);
      }
      for (let tries = 0; tries < 60 && draft.status !== 'clean'; tries++) {
        draft.save().catch(() => {});
        await vi.advanceTimersByTimeAsync(40_000);
      }
      expect(draft.status).toBe('clean');
      expect(asked.length).toBeLessThanOrEqual(overs);
      // Then the screen is what the server has.
      resource.get().catch(() => {});
      await vi.advanceTimersByTimeAsync(1_000);
      expect(draft.value).toEqual(now());
      await draft.close();
    }),
    { numRuns: Number(process.env.DRAFT_RUNS ?? 200) },
  );
}, 60_000);
