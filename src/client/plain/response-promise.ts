import type { Options as KyOptions, ResponsePromise } from 'ky';
import { SchemaValidationError } from 'ky';

type ParseJson = NonNullable<KyOptions['parseJson']>;

const BODIES = ['text', 'arrayBuffer', 'blob', 'formData', 'bytes'] as const;

/**
 * Makes ky's ResponsePromise of a promised Response, so that `.json(schema)`, `.text()` and the others behave as users
 * of ky know them.
 */
export function responsePromise<T>(promised: Promise<Response>, parseJson: ParseJson | undefined): ResponsePromise<T> {
  const json = async (schema?: Schema): Promise<unknown> => {
    const response = await promised;
    const text = await response.text();
    const value: unknown =
      parseJson === undefined
        ? text === '' && schema !== undefined
          ? undefined
          : JSON.parse(text)
        : await parseJson(text, contextOf(response));
    if (schema === undefined) return value;
    const result = await schema['~standard'].validate(value);
    if (result.issues !== undefined) throw new SchemaValidationError(result.issues);
    return result.value;
  };
  const bodies = BODIES.map((as) => [as, async () => (await promised)[as]()]);
  return Object.assign(promised, Object.fromEntries(bodies), { json });
}

/** The request is made only for who looks at it: ky's own is gone, and a new one costs more than the parsing. */
function contextOf(response: Response): Parameters<ParseJson>[1] {
  return {
    response,
    get request() {
      return new Request(response.url || 'http://localhost/');
    },
  };
}

type Schema = Parameters<ResponsePromise['json']>[0];
