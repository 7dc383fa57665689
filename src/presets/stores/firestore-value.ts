import { member } from '../../protocol/body/body-kind.js';

/** Types that JSON has no word for. They stay as Firestore writes them: `{ "timestampValue": "…" }`. */
const KEPT = ['timestampValue', 'bytesValue', 'referenceValue', 'geoPointValue'];

/** A typed value of Firestore as plain JSON. Integers beyond 2^53 stay typed, so that no digit is lost. */
export function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('nullValue' in value) return null;
  if ('integerValue' in value) {
    const number = Number(value.integerValue);
    return Number.isSafeInteger(number) ? number : value;
  }
  for (const name of ['booleanValue', 'stringValue']) if (Object.hasOwn(value, name)) return member(value, name);
  // NaN and the infinities come as text, which JSON numbers cannot be.
  if ('doubleValue' in value) return typeof value.doubleValue === 'number' ? value.doubleValue : value;
  if ('arrayValue' in value) {
    const values = member(value.arrayValue, 'values');
    return Array.isArray(values) ? values.map(plainOf) : [];
  }
  if ('mapValue' in value) return plainFields(member(value.mapValue, 'fields'));
  return value;
}

/** The fields of a document or map as a plain object. */
export function plainFields(fields: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, plainOf(value)]));
}

/** Plain JSON as a typed value. Whole numbers become integers, as in Firestore's own SDK for JavaScript. */
export function typedOf(value: unknown): unknown {
  if (value === null || value === undefined) return { nullValue: null };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { integerValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(typedOf) } };
  return isTyped(value) ? value : { mapValue: { fields: typedFields(value) } };
}

/** A plain object as fields. */
export function typedFields(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, inner]) => [name, typedOf(inner)]));
}

/** What {@link plainOf} left typed. */
function isTyped(value: unknown): boolean {
  const [name, ...more] = Object.keys(value ?? {});
  if (name === undefined || more.length > 0) return false;
  if (KEPT.includes(name)) return true;
  const inner = member(value, name);
  return (
    (name === 'integerValue' && typeof inner === 'string') || (name === 'doubleValue' && typeof inner === 'string')
  );
}
