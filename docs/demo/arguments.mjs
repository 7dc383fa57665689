export const USAGE = `Usage: npm start                     on the embedded conflict server
       npm start -- --server URL    on a server that speaks CouchDB's protocol;
                                    the demo makes a database and deletes it again
       npm start -- --help

A user and password may stand in the URL: http://admin:secret@127.0.0.1:5984
`;

/** What the command line asks for: `{ server }`, `{ help }`, or the `problem` with it. */
export function parseArguments(words) {
  const [first, second, ...rest] = words.flatMap((word) => splitAtEquals(word));
  if (first === undefined) return {};
  if (first === '--help' || first === '-h') return { help: true };
  if (first !== '--server') return { problem: `The demo knows no ${first}.` };
  if (second === undefined) return { problem: '--server needs the URL of a server.' };
  if (rest.length > 0) return { problem: `What is ${rest[0]} for?` };
  if (!URL.canParse(second) || !/^https?:$/.test(new URL(second).protocol)) {
    return { problem: `${second} is no URL of a server: it must start with http:// or https://.` };
  }
  return { server: second };
}

/** `--server=URL` is two words; a URL keeps its own equals signs. */
function splitAtEquals(word) {
  const at = word.indexOf('=');
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word];
}
