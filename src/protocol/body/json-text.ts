/**
 * A value as JSON text. Nothing deeper than a thousand levels comes here: it is refused at the door.
 *
 * @throws TypeError for what JSON cannot carry: a cycle, a bigint.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
