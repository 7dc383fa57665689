/** ky's errors hold the request with its Authorization header, and the answer with its cookies. */
const TELLTALE = ['request', 'options', 'response'];

/** Makes what may hold secrets invisible to whatever prints or serialises the error; it can still be read by name. */
export function hideSecrets<E extends Error>(error: E): E {
  for (const name of TELLTALE) {
    if (Object.hasOwn(error, name)) Object.defineProperty(error, name, { enumerable: false });
  }
  return error;
}

const SECRET_PARAMETER =
  /^(?:sig|signature|se?cret|key|token|code|auth|password|x-amz-.*|.*[_-]?(?:key|token|secret|signature|password))$/i;

/** A URL as it may be shown: no credentials, and no value of a parameter that looks like one. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (SECRET_PARAMETER.test(name)) shown.searchParams.set(name, 'hidden');
  }
  return shown.href;
}
