import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../src/presets/parts/base64.js';

it('keeps every text, byte order mark and all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fromBase64(toBase64(text))).toBe(text);
    }),
  );
  expect(fromBase64(toBase64('\ufeffx'))).toBe('\ufeffx');
});

it('is the base64 others write', () => {
  expect(toBase64('{"a":"☃"}')).toBe(Buffer.from('{"a":"☃"}').toString('base64'));
});

it('reads over line breaks, and refuses bytes that are no text', () => {
  expect(fromBase64('YWJj\nZGVm\n')).toBe('abcdef');
  expect(() => fromBase64('/w==')).toThrow(TypeError);
});
