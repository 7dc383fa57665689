import {
  atomic,
  conflictFetch,
  counter,
  createClient,
  etag,
  field,
  InvalidOptionsError,
  latest,
  list,
  server,
  set,
  text,
} from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';

/** As somebody without types calls it. */
const make = (options: object): unknown => Reflect.apply(createClient, undefined, [options]);

test.each<[object, option: string, meant: string]>([
  [{ resource: {} }, 'options.resource', 'resources'],
  [{ prefixUrl: 'https://api.example.com' }, 'options.prefixUrl', 'prefix'],
  [{ onConflict: () => 'local' }, 'options.onConflict', 'defaults.resolve'],
  [{ merge: {} }, 'options.merge', 'defaults.merge'],
  [{ default: {} }, 'options.default', 'defaults'],
  [{ defaults: { merg: {} } }, 'defaults.merg', 'merge'],
  [{ defaults: { onConflict: () => 'local' } }, 'defaults.onConflict', 'resolve'],
  [{ defaults: { readOnly: [] } }, 'defaults.readOnly', 'readonly'],
  [{ resources: { '/a': { etag: true } } }, 'resources["/a"].etag', 'version'],
  [{ defaults: { retyr: {} } }, 'defaults.retyr', 'retry'],
  [{ defaults: { retry: { attemps: 1 } } }, 'defaults.retry.attemps', 'attempts'],
  [{ defaults: { locked: { maxwait: 1 } } }, 'defaults.locked.maxwait', 'maxWait'],
  [{ defaults: { live: { evry: 1 } } }, 'defaults.live.evry', 'every'],
  [{ resources: { '/a': { live: { onFocused: true } } } }, 'resources["/a"].live.onFocused', 'onFocus'],
  [{ memory: { entires: 5 } }, 'options.memory.entires', 'entries'],
])('%j is refused, and what was meant is named', (options, option, meant) => {
  const error = expect.objectContaining({ option, message: expect.stringContaining(`Did you mean \`${meant}\``) });
  expect(() => make(options)).toThrow(error);
  expect(() => Reflect.apply(conflictFetch, undefined, [options])).toThrow(error);
});

test.each([
  [() => Reflect.apply(etag, undefined, [{ week: 'verbatim' }]), 'etag().week', 'weak'],
  [() => Reflect.apply(field, undefined, ['/rev', { sent: 'if-match' }]), 'field().sent', 'send'],
])('one of a version scheme is refused, too', (call, option, meant) => {
  const message = expect.stringContaining(`Did you mean \`${meant}\``);
  expect(call).toThrow(expect.objectContaining({ option, message }));
});

test('one of live() is refused, too, and of a handle’s `live`', () => {
  const client = createClient({ prefix: 'https://api.example.com' });
  const error = (option: string, meant: string): unknown =>
    expect.objectContaining({ option, message: expect.stringContaining(`Did you mean \`${meant}\``) });
  expect(() => Reflect.apply(client.live, undefined, [{ onReconect: true }])).toThrow(
    error('options.live.onReconect', 'onReconnect'),
  );
  expect(() => Reflect.apply(client.resource, undefined, ['a', { live: { tab: false } }])).toThrow(
    error('resource("/a").live.tab', 'tabs'),
  );
});

test('one of a handle is refused, too', () => {
  const client = createClient({ prefix: 'https://api.example.com' });
  expect(() => Reflect.apply(client.resource, undefined, ['a', { nonsense: 1 }])).toThrow(InvalidOptionsError);
});

type Call = [method: string, args: unknown[], option: string, meant: string];
const calls: Call[] = [
  ['get', [{ onConflct: 1 }], 'get() options.onConflct', 'resolve'],
  ['get', [{ header: {} }], 'get() options.header', 'headers'],
  ['edit', [() => {}, { onConflct: () => 'local' }], 'edit() options.onConflct', 'resolve'],
  ['edit', [() => {}, { Base: {} }], 'edit() options.Base', 'base'],
  ['patch', [[], { retrys: {} }], 'patch() options.retrys', 'retry'],
  ['replace', [{}, { strategie: 'rebase' }], 'replace() options.strategie', 'strategy'],
  ['create', [{}, { exist: 'merge' }], 'create() options.exist', 'resource(url, { exists })'],
  ['create', [{}, { exists: 'merge' }], 'create() options.exists', 'resource(url, { exists })'],
  ['delete', [{ onstale: 'keep' }], 'delete() options.onstale', 'onStale'],
];
test.each(calls)('%s(…%j) is refused, and what was meant is named', async (method, args, option, meant) => {
  const article = createClient({ prefix: 'https://api.example.com' }).resource('a');
  const call = async (): Promise<unknown> => Reflect.apply(Reflect.get(article, method), article, args);
  const message = expect.stringContaining(`Did you mean \`${meant}\``);
  await expect(call()).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS', option, message });
});

test('one of a save is refused, too', async () => {
  const api = createConflictServer();
  api.seed('/a', { n: 1 });
  const client = createClient({ prefix: api.origin, fetch: api.fetch });
  const handle = client.resource<{ n: number }>('a');
  await handle.get();
  const draft = handle.draft();
  await draft.ready;
  draft.change((doc) => void Object.assign(doc, { n: 2 }));
  const saving: Promise<unknown> = Reflect.apply(draft.save, draft, [{ onConflct: () => 'local' }]);
  await expect(saving).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringContaining('resolve'),
  });
  await draft.save();
  expect(api.get('/a')?.value).toEqual({ n: 2 });
});

test.each([{ set }, { list }, { counter }, { text }, { atomic }, { latest }, { server }])(
  '%j itself is no rule: it is to be called',
  (maker) => {
    const [name = '', rule] = Object.entries(maker)[0] ?? [];
    expect(() => make({ defaults: { merge: { '/tags': rule } } })).toThrow(
      expect.objectContaining({
        option: 'defaults.merge["/tags"]',
        message: expect.stringContaining(`call it, ${name}()`),
      }),
    );
  },
);

test('a function of the same name is a rule', () => {
  const text = (): 'local' => 'local';
  expect(() => make({ defaults: { merge: { '/tags': text, '/n': () => 'remote' } } })).not.toThrow();
});

test('what a platform gives fetch is not ours to know', () => {
  expect(() => make({ next: { revalidate: 5 }, cf: {}, dispatcher: {}, verbose: true })).not.toThrow();
});

describe('a number of retries, as ky takes it, is no budget of edits, and that is told', () => {
  test.each([
    [{ defaults: { retry: 3 } }, 'defaults.retry'],
    [{ resources: { '/a': { retry: 3 } } }, 'resources["/a"].retry'],
  ])('of %j', (options, option) => {
    const refused = expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', option });
    expect(() => make(options)).toThrow(refused);
    // Laid over options that are there.
    const client = createClient({ defaults: { retry: { attempts: 2 } }, resources: { '/a': {} } });
    expect(() => Reflect.apply(client.extend, undefined, [options])).toThrow(refused);
  });

  test('of a handle, and of a call', async () => {
    const client = createClient({ prefix: 'https://api.example.com' });
    expect(() => Reflect.apply(client.resource, undefined, ['a', { retry: 3 }])).toThrow(
      expect.objectContaining({ option: 'resource("/a").retry' }),
    );
    const article = client.resource('a');
    await expect(Reflect.apply(article.edit, article, [() => {}, { retry: 3 }])).rejects.toMatchObject({
      option: 'options.retry',
    });
  });
});
