import { shortVersion } from '../layout.mjs';

/** Both have the same version before them: whoever writes second is late. */
export async function bothRead({ printer, ada, grace }) {
  const [{ version }] = await printer.silently(() => Promise.all([ada.article.get(), grace.article.get()]));
  printer.step('Both', `read version ${shortVersion(version)}`);
}
