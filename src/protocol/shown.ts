const SECRET_PARAMETER =
  /^(?:sig|sas|code|auth|jwt|otp|passwd|pwd|sid|x-amz-.*|.*(?:key|token|se?cret|signature|password|session(?:_?id)?|ticket|credentials?))$/i;

export function isSecretParameter(name: string): boolean {
  return SECRET_PARAMETER.test(name);
}

/** A URL as it may be shown: no credentials, and no value of a parameter that looks like one. */
export function shownUrl(url: URL): string {
  if (url.search === '' && url.username === '' && url.password === '') return url.href;
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (isSecretParameter(name)) shown.searchParams.set(name, 'hidden');
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
