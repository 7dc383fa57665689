import type { Options as KyOptions, ResponsePromise } from 'ky';
import { SchemaValidationError } from 'ky';

type ParseJson = NonNullable<KyOptions['parseJson']>;

/**
 * Makes ky's ResponsePromise of a promised Response, so that `.json(schema)`, `.text()` and the others behave as users
 * of ky know them.
 */
export function responsePromise<T>(promised: Promise<Response>, parseJson: ParseJson | undefined): ResponsePromise<T> {
  const json = async (schema?: Schema): Promise<unknown> => {
    const response = await promised;
    const text = await response.text();
    const request = new Request(response.url || 'http://localhost/');
    const value: unknown =
      parseJson === undefined
        ? text === '' && schema !== undefined
          ? undefined
          : JSON.parse(text)
        : await parseJson(text, { request, response });
    if (schema === undefined) return value;
    const result = await schema['~standard'].validate(value);
    if (result.issues !== undefined) throw new SchemaValidationError(result.issues);
    return result.value;
  };
  const bodies = {
    json,
    text: async () => (await promised).text(),
    arrayBuffer: async () => (await promised).arrayBuffer(),
    blob: async () => (await promised).blob(),
    formData: async () => (await promised).formData(),
    bytes: async () => (await promised).bytes(),
  };
  return Object.assign(promised, bodies) as ResponsePromise<T>;
}

type Schema = Parameters<ResponsePromise['json']>[0];
