/**
 * What an answer says of a cache it came from, in words for a message; `undefined` where it says nothing. A read that follows a
 * refused write and comes from a cache tells nothing of what the server has.
 *
 * `Age` (RFC 9111 5.1), `Cache-Status` (RFC 9211), and what Varnish, Squid, CloudFront, Fastly, Akamai and Cloudflare say.
 */
export function cacheWords(headers: Headers): string | undefined {
  const age = headers.get('age')?.trim() ?? '';
  const isOld = /^\d+$/.test(age) && Number(age) > 0;
  const hit = HITS.find(([name, means]) => means.test(headers.get(name) ?? ''));
  if (!isOld && hit === undefined) return undefined;
  const told = [...(isOld ? [`Age: ${age}`] : []), ...(hit === undefined ? [] : [`${hit[0]}: ${headers.get(hit[0])}`])];
  const via = headers.get('via');
  return `the read came from a cache${via === null ? '' : ` (${via.slice(0, 80)})`}${isOld ? `, ${age} s old` : ''}: ${told.join(', ').slice(0, 160)}`;
}

const HITS: readonly (readonly [name: string, means: RegExp])[] = [
  ['Cache-Status', /;\s*hit\b/i],
  ['X-Cache', /\bhit\b/i],
  ['X-Cache-Hits', /(?:^|,)\s*[1-9]/],
  ['CF-Cache-Status', /^\s*(?:hit|stale|updating|revalidated)\b/i],
];
