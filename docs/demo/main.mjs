// `npm start`: two people edit one article over HTTP. `npm start -- --server URL`: on a CouchDB of yours.
import { parseArguments, USAGE } from './arguments.mjs';
import { createPrinter } from './printer.mjs';
import { openCouchDB } from './servers/couchdb.mjs';
import { openEmbedded } from './servers/embedded.mjs';
import { tell } from './tell.mjs';

const { stdout, stderr } = process;

// `npm start | head` closes the pipe: the story still has to end, and to clean up behind itself.
stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));

/** 0: no edit was lost. 1: an edit was lost, or the story broke off. 2: the command line made no sense. */
async function main(words) {
  const wanted = parseArguments(words);
  if (wanted.help) {
    stdout.write(USAGE);
    return 0;
  }
  if (wanted.problem !== undefined) {
    stderr.write(`${wanted.problem}\n\n${USAGE}`);
    return 2;
  }
  try {
    const server = wanted.server === undefined ? await openEmbedded() : await openCouchDB(wanted.server);
    const losses = await closing(server, () => tell(server, createPrinter(stdout)));
    return losses.length === 0 ? 0 : 1;
  } catch (error) {
    stderr.write(`\nThe demo broke off. ${explain(error)}\n`);
    return 1;
  }
}

/** However the work ends, Ctrl-C included, the server is closed: nothing of the demo is left on it. */
async function closing(server, work) {
  const interrupted = () => {
    server.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupted);
    await server.close();
  }
}

/** `fetch` hides why it failed in the cause of a cause. */
function explain(error) {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  return `${name}: ${message}${cause === undefined ? '' : `\n  because of ${explain(cause)}`}`;
}
