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

const SECRET_PARAMETER =
  /^(?:sig|signature|se?cret|key|token|code|auth|jwt|password|passwd|pwd|x-amz-.*|.*[_-]?(?:key|token|secret|signature|password))$/i;

/** A URL as it may be shown: no credentials, and no value of a parameter that looks like one. */
export function shownUrl(url: URL): string {
  if (url.search === '' && url.username === '' && url.password === '') return url.href;
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (SECRET_PARAMETER.test(name)) shown.searchParams.set(name, 'hidden');
  }
  return shown.href;
}

/** Words in which every URL is as it may be shown. */
export function shownText(text: string): string {
  return text.replace(/https?:\/\/[^\s"'<>]+/gi, (address) => {
    if (!URL.canParse(address)) return address;
    const url = new URL(address);
    const shown = shownUrl(url);
    return shown === url.href ? address : shown;
  });
}
