import { describe, expect, test } from 'vitest';
import { formatTag, parseTag, parseTagList, strongMatch, weakMatch } from '../../../src/testing/store/entity-tag.js';

const strong = (text: string) => ({ weak: false, opaque: `"${text}"` });
const weak = (text: string) => ({ weak: true, opaque: `"${text}"` });

describe('a list of entity tags', () => {
  test.each<[header: string, expected: ReturnType<typeof parseTagList>]>([
    ['*', '*'],
    ['  * ', '*'],
    ['"1"', [strong('1')]],
    ['W/"1"', [weak('1')]],
    ['"1", W/"2","3"', [strong('1'), weak('2'), strong('3')]],
    ['"a,b"', [strong('a,b')]],
    ['""', [strong('')]],
    [', "1",, "2" ,', [strong('1'), strong('2')]],
    ['"a\\b"', [strong('a\\b')]],
    ['', undefined],
    [',', undefined],
    ['1', undefined],
    ['"1', undefined],
    ['"1" "2"', undefined],
    ['w/"1"', undefined],
    ['"1", *', undefined],
    ['"a b"', undefined],
    ['"\u0000"', undefined],
  ])('%j is read as %j', (header, expected) => {
    expect(parseTagList(header)).toEqual(expected);
  });

  test('a long hostile list is read in no time', () => {
    expect(parseTagList(`${' '.repeat(50_000)}"1${'"'.repeat(50_000)}`)).toBeUndefined();
  });
});

describe('comparison (RFC 9110, 8.8.3.2)', () => {
  test.each([
    [weak('1'), weak('1'), false, true],
    [weak('1'), weak('2'), false, false],
    [weak('1'), strong('1'), false, true],
    [strong('1'), strong('1'), true, true],
  ])('%j and %j: strong %s, weak %s', (a, b, isStrong, isWeak) => {
    expect([strongMatch(a, b), weakMatch(a, b), strongMatch(b, a), weakMatch(b, a)]).toEqual([
      isStrong,
      isWeak,
      isStrong,
      isWeak,
    ]);
  });

  test.each(['"1"', 'W/"1"'])('%s is written as it was read', (text) => {
    const tag = parseTag(text);
    expect(tag && formatTag(tag)).toBe(text);
  });
});
