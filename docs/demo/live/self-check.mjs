/** Asks over HTTP for everything the page needs, tells what was missing, and gives the exit code. */
export async function selfCheck({ url }, out) {
  const page = await (await fetch(url)).text();
  const { imports } = JSON.parse(/<script type="importmap">(.*?)<\/script>/s.exec(page)?.[1] ?? '{"imports":{}}');
  const files = [...page.matchAll(/(?:src|href)="(\/[^"#]+)"/g)].map((found) => found[1]);
  const paths = [...new Set([...files, ...Object.values(imports), '/desk', '/api/articles/engines'])];
  const missing = [];
  for (const path of paths) {
    const { ok, status } = await fetch(new URL(path, url));
    if (!ok) missing.push(`${path} is answered ${status}`);
  }
  out.write(missing.length === 0 ? `${paths.length} of ${paths.length} are there\n` : `${missing.join('\n')}\n`);
  return missing.length === 0 ? 0 : 1;
}
