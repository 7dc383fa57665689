/** Whether a Content-Type names JSON: `application/json`, `text/json`, or anything that ends in `+json` (RFC 6839 3.1). */
export function isJsonType(contentType: string | null): boolean {
  return /[/+]json$/.test(mediaType(contentType));
}

/** The type itself, in small letters and without parameters. */
export function mediaType(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
