// `npm run demo`: two people's editors side by side, on a page, over real HTTP. Ctrl-C ends it.
import { parseArgs } from 'node:util';
import { openLive } from './live/open-live.mjs';
import { selfCheck } from './live/self-check.mjs';

const USAGE = `Usage: npm run demo                     on a free port of this machine
       npm run demo -- --port 4000      on this port
       npm run demo -- --host 0.0.0.0   for other machines too: anybody there can press the buttons
       npm run demo -- --check          asks for everything the page needs, and ends
`;

process.exitCode = await main();

/** 0: ended as asked. 1: it could not start, or the check failed. 2: the command line made no sense. */
async function main() {
  const wanted = readArguments();
  if (typeof wanted === 'string') {
    process.stderr.write(`${wanted}\n\n${USAGE}`);
    return 2;
  }
  if (wanted.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  let live;
  try {
    live = await openLive(wanted);
  } catch (error) {
    process.stderr.write(`The demo cannot start: ${error.message}\n`);
    return 1;
  }
  if (wanted.check) return selfCheck(live, process.stdout).finally(() => live.close());
  process.stdout.write(`Two people, one article: ${live.url}\nCtrl-C ends it.\n`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  await live.close();
  return 0;
}

/** `{ port, host, check, help }`, or what is wrong with the command line. */
function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const port = Number(values.port);
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return { ...values, port };
    return `${values.port} is no port: it is a number from 0 (any free one) to 65535.`;
  } catch (error) {
    return error.message;
  }
}
