/** Which patch formats a server says it takes. */
export interface AcceptedPatches {
  readonly jsonPatch: boolean;
  readonly mergePatch: boolean;
}

/** What `Accept-Patch` says (RFC 5789 3.1); `undefined` without it. Wildcards count as both. */
export function acceptsPatch(headers: Headers): AcceptedPatches | undefined {
  const value = headers.get('accept-patch');
  if (value === null) return undefined;
  const types = value.split(',').map((item) => (item.split(';', 1)[0] ?? '').trim().toLowerCase());
  const any = types.includes('*/*') || types.includes('application/*');
  return {
    jsonPatch: any || types.includes('application/json-patch+json'),
    mergePatch: any || types.includes('application/merge-patch+json'),
  };
}
