import { shownText } from '../../protocol/shown.js';

/** ky's errors hold the request with its Authorization header, and the answer with its cookies. */
const TELLTALE = ['request', 'options', 'response'];

/**
 * Makes what may hold secrets invisible to whatever prints or serialises the error: its request and answer can still be
 * read by name, and the address in its words is shown without them. A frozen error stays as it is.
 */
export function hideSecrets<E extends Error>(error: E): E {
  for (const name of TELLTALE) {
    if (Object.hasOwn(error, name)) Reflect.defineProperty(error, name, { enumerable: false });
  }
  const { message, stack } = error;
  const shown = shownText(message);
  if (shown !== message) {
    Reflect.defineProperty(error, 'message', { value: shown });
    Reflect.defineProperty(error, 'stack', { value: stack?.replace(message, () => shown) });
  }
  return error;
}
