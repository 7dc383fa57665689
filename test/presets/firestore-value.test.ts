import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { plainFields, plainOf, typedFields, typedOf } from '../../src/presets/stores/firestore-value.js';

test.each<[unknown, unknown]>([
  [null, { nullValue: null }],
  [true, { booleanValue: true }],
  [5, { integerValue: '5' }],
  [-0.5, { doubleValue: -0.5 }],
  ['text', { stringValue: 'text' }],
  [[1, 'a'], { arrayValue: { values: [{ integerValue: '1' }, { stringValue: 'a' }] } }],
  [{ a: {} }, { mapValue: { fields: { a: { mapValue: { fields: {} } } } } }],
  [{ timestampValue: '2024-01-01T00:00:00Z' }, { timestampValue: '2024-01-01T00:00:00Z' }],
  [{ geoPointValue: { latitude: 1, longitude: 2 } }, { geoPointValue: { latitude: 1, longitude: 2 } }],
  [{ integerValue: '9223372036854775807' }, { integerValue: '9223372036854775807' }],
  [{ doubleValue: 'NaN' }, { doubleValue: 'NaN' }],
])('%j is %j, both ways', (plain, typed) => {
  expect(typedOf(plain)).toEqual(typed);
  expect(plainOf(typed)).toEqual(plain);
});

test.each<[unknown, unknown]>([
  [{ arrayValue: {} }, []],
  [{ mapValue: {} }, {}],
  [{ unknownValue: 1 }, { unknownValue: 1 }],
  [{ doubleValue: 5 }, 5],
])('%j reads as %j', (typed, plain) => {
  expect(plainOf(typed)).toEqual(plain);
});

it('gives back every document it wrote', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'small' })), (document) => {
      const plain = JSON.parse(JSON.stringify(document));
      expect(plainFields(typedFields(plain))).toEqual(plain);
    }),
  );
});
