import type { Options as KyOptions, ResponsePromise } from 'ky';
import ky from 'ky';

/**
 * Makes ky's ResponsePromise of a promised Response, so that `.json(schema)`, `.text()` and the others behave as users
 * of ky know them. ky itself does it, over a fetch that only hands the answer on: no hooks, retries or timeouts twice.
 */
export function responsePromise<T>(
  work: () => Promise<Response>,
  parseJson: KyOptions['parseJson'],
): ResponsePromise<T> {
  const options: KyOptions = {
    // Any address will do: nothing is sent to it.
    fetch: work,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    ...(parseJson === undefined ? {} : { parseJson }),
  };
  return ky<T>('http://localhost/', options);
}
