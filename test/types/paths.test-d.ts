import type { DeepReadonly, Draft, JsonValue, MergeTable, PatternOf, PointerOf, Resource } from 'unconflict';
import { createClient, list, set } from 'unconflict';
import { couchdb } from 'unconflict/presets';
import { expectTypeOf, test } from 'vitest';

interface Article {
  title: string;
  tags: string[];
  items: { id: string; done?: boolean; parts: { name: string }[] }[];
  author?: { name: string; address: { city: string } | null };
  meta: Record<string, string>;
  raw: unknown;
  json: JsonValue;
  pair: [string, { at: number }];
  body: { kind: 'text'; text: string } | { kind: 'image'; url: string };
  'a/b': number;
  'c~d': number;
  '*': number;
}
const client = createClient();
const article = client.resource<Article>('articles/1');
const dynamic: string = '/anything';

test('merge rules stand at paths of the document', () => {
  client.resource<Article>('a', {
    merge: {
      '': 'local',
      '/title': 'local',
      '/tags': set(),
      '/tags/*': 'remote',
      '/tags/0': 'remote',
      '/items': list({ key: 'id' }),
      '/items/*/done': 'local',
      '/items/0/done': 'local',
      '/items/**': 'local',
      '/author/name': 'local',
      '/author/address/city': 'local',
      '/meta/anything/at/all': 'local',
      '/raw/what/ever': 'local',
      '/json/what/ever': 'local',
      '/pair/*/at': 'local',
      '/body/text': 'local',
      '/body/url': 'local',
      '/a~1b': 'local',
      '/c~0d': 'local',
      '/~*': 'local',
      '/*': 'local',
      '/*/name': 'local',
      '/**/name': 'local',
      '/author/*': 'local',
      [dynamic]: set(),
    },
  });
  // @ts-expect-error no such member
  client.resource<Article>('a', { merge: { '/titel': 'local' } });
  // @ts-expect-error a pointer begins with a slash
  client.resource<Article>('a', { merge: { title: 'local' } });
  // @ts-expect-error no such member of the items
  client.resource<Article>('a', { merge: { '/items/*/don': 'local' } });
  // @ts-expect-error a list has places, and no names
  client.resource<Article>('a', { merge: { '/items/done': 'local' } });
  // @ts-expect-error no such member behind an optional one
  client.resource<Article>('a', { merge: { '/author/nam': 'local' } });
  // @ts-expect-error nor behind one that may be null
  client.resource<Article>('a', { merge: { '/author/address/town': 'local' } });
  // @ts-expect-error in none of the kinds
  client.resource<Article>('a', { merge: { '/body/txt': 'local' } });
  // @ts-expect-error a text has nothing inside
  client.resource<Article>('a', { merge: { '/title/0': 'local' } });
  // @ts-expect-error written with ~1
  client.resource<Article>('a', { merge: { '/a/b': 'local' } });
  // @ts-expect-error for one edit as well
  article.edit(() => {}, { merge: { '/titel': 'local' } });
  // @ts-expect-error and for a create
  article.create(article.value ?? ({} as Article), { merge: { '/titel': 'local' } });
});

test('so do paths that nobody may touch', () => {
  client.resource<Article>('a', { readonly: ['/title', '/items/*/id', '/**/id', '/meta/x'] });
  // @ts-expect-error no such member
  client.resource<Article>('a', { readonly: ['/titel'] });
  // @ts-expect-error a pointer begins with a slash
  client.resource<Article>('a', { readonly: ['title'] });
});

test('a table made elsewhere, and what presets know, still fit', () => {
  const rules: Record<string, 'local'> = { '/x': 'local' };
  client.resource<Article>('a', { merge: rules });
  client.resource<Article>('a', couchdb<Article>({ merge: { '/title': 'local' } }));
  client.resource<Article>('a', { ...couchdb(), merge: { '/title': 'local' } });
  // @ts-expect-error no such member
  couchdb<Article>({ merge: { '/titel': 'local' } });
  createClient({ resources: { '/a': { merge: { '/titel': 'local' }, readonly: [dynamic] } } });
  client.resource('a', { merge: { '/titel': 'local' }, readonly: [dynamic] });
});

test('a draft is set at places it has', () => {
  const draft = article.draft();
  draft.set('/title', 'x');
  draft.set('', {});
  draft.set('/tags/-', 'x');
  draft.set('/tags/0', 'x');
  draft.set('/items/3/parts/0/name', 'x');
  draft.set('/author/address/city', 'x');
  draft.set('/meta/any', 'x');
  draft.set('/*', 1);
  draft.set(dynamic, 'x');
  const at: number = 1;
  draft.set(`/items/${at}/done`, true);
  // @ts-expect-error no such member
  draft.set('/titel', 'x');
  // @ts-expect-error a pointer begins with a slash
  draft.set('title', 'x');
  // @ts-expect-error no such member of an item
  draft.set('/items/3/don', true);
  // @ts-expect-error nor where the place is computed
  draft.set(`/items/${at}/don`, true);
  // @ts-expect-error a place, and not all of them
  draft.set('/items/*/done', true);
  client.resource('a').draft().set('/any/thing', 1);
});

test('a document is deeply readonly, as it is at run time', () => {
  const { value } = article;
  if (value === undefined) return;
  // @ts-expect-error frozen
  value.title = 'x';
  // @ts-expect-error frozen
  value.tags.push('x');
  // @ts-expect-error frozen, all the way down
  value.items[0].parts[0].name = 'x';
  article.replace({ ...value, title: 'x' });
  article.edit((draft) => ({ ...value, title: draft.title }));
  article.edit((draft) => void draft.tags.push('x'), { resolve: ({ local }) => ({ value: local }) });
  expectTypeOf<DeepReadonly<{ a: string[]; b?: { c: 1 } | null; d: [1, { e: 2 }] }>>().toEqualTypeOf<{
    readonly a: readonly string[];
    readonly b?: { readonly c: 1 } | null;
    readonly d: readonly [1, { readonly e: 2 }];
  }>();
  expectTypeOf<DeepReadonly<unknown>>().toEqualTypeOf<unknown>();
  expectTypeOf<DeepReadonly<JsonValue>>().toEqualTypeOf<JsonValue>();
  expectTypeOf<DeepReadonly<string & { brand: 1 }>>().toEqualTypeOf<string & { brand: 1 }>();
});

test('handles of one kind go where handles of any kind do', () => {
  expectTypeOf<Resource<Article>>().toExtend<Resource<unknown>>();
  expectTypeOf<Draft<Article>>().toExtend<Draft<unknown>>();
});

interface Tree {
  name: string;
  parent?: Tree;
  children: Tree[];
}
type L0 = { end: string };
type L5 = { a: { a: { a: { a: { a: L0 } } } } };
type L20 = { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: L5 } } } } } } } } } } } } } } };
/** Each of sixteen members holds all of them again. */
type Web = { [K in `m${0 | 1 | 2 | 3}${0 | 1 | 2 | 3}`]: Web | Web[] | string };
/** Never the same type twice. */
type Growing<T> = { value: T; next: Growing<[T]> };

test('types without an end, and large ones, stay cheap', () => {
  expectTypeOf<'/name'>().toExtend<PatternOf<Tree>>();
  expectTypeOf<'/children/*/name'>().toExtend<PatternOf<Tree>>();
  expectTypeOf<'/nam'>().not.toExtend<PatternOf<Tree>>();
  expectTypeOf<'/parent/parent/parent/name'>().toExtend<PointerOf<Tree>>();
  expectTypeOf<'/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/end'>().toExtend<PointerOf<L20>>();
  expectTypeOf<'/a/b'>().not.toExtend<PointerOf<L20>>();
  expectTypeOf<'/m00/m11/m22/m33'>().toExtend<PatternOf<Web>>();
  expectTypeOf<'/m44'>().not.toExtend<PatternOf<Web>>();
  expectTypeOf<'/next/next/next/value'>().toExtend<PatternOf<Growing<string>>>();
  expectTypeOf<'/any/thing'>().toExtend<PatternOf<unknown>>();
  expectTypeOf<'/any/thing'>().toExtend<PatternOf<JsonValue>>();
  expectTypeOf<{ '/any': 'local' }>().toExtend<MergeTable>();
});
