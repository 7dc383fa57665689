import { expect, it, test } from 'vitest';
import { etag } from '../../src/protocol/versions/etag.js';
import { field } from '../../src/protocol/versions/field.js';
import { lastModified } from '../../src/protocol/versions/last-modified.js';
import { unversioned } from '../../src/protocol/versions/unversioned.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';

test.each([etag(), field('/v'), lastModified(), unversioned()])(
  '$name is a codec, the same object, frozen',
  (scheme) => {
    expect(codecOf(scheme)).toBe(scheme);
    expect(Object.isFrozen(scheme)).toBe(true);
  },
);

test.each([
  ['an object that only has a name', { name: 'etag' }, 'an object with name'],
  ['the function itself', etag, 'a function: call it'],
  ['a string', 'etag', '"etag"'],
  ['nothing', undefined, 'undefined'],
])('%s is refused with the way to mend it', (_, scheme, shown) => {
  expect(() => Reflect.apply(codecOf, undefined, [scheme])).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_OPTIONS',
      option: 'version',
      message: expect.stringContaining(shown),
    }),
  );
});

it('tells where the version should have been', () => {
  expect(codecOf(field(['/a', '/b'])).source).toBe('/a and /b in the body');
});
