import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonValue } from '../core/json.js';

/** What a schema has against a value. It is somebody else's code: when it throws, that is what is wrong with this value. */
export async function issuesOf(
  schema: StandardSchemaV1 | undefined,
  value: JsonValue,
): Promise<readonly StandardSchemaV1.Issue[]> {
  try {
    return (await schema?.['~standard'].validate(value))?.issues ?? [];
  } catch (error) {
    return [{ message: `the schema itself failed: ${String(error)}` }];
  }
}
