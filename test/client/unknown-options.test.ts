import { conflictFetch, createClient, InvalidOptionsError } from 'unconflict';
import { expect, test } from 'vitest';

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
])('%j is refused, and what was meant is named', (options, option, meant) => {
  const error = expect.objectContaining({ option, message: expect.stringContaining(`Did you mean \`${meant}\``) });
  expect(() => make(options)).toThrow(error);
  expect(() => Reflect.apply(conflictFetch, undefined, [options])).toThrow(error);
});

test('one of a handle is refused, too', () => {
  const client = createClient({ prefix: 'https://api.example.com' });
  expect(() => Reflect.apply(client.resource, undefined, ['a', { nonsense: 1 }])).toThrow(InvalidOptionsError);
});

test('what a platform gives fetch is not ours to know', () => {
  expect(() => make({ next: { revalidate: 5 }, cf: {}, dispatcher: {}, verbose: true })).not.toThrow();
});
