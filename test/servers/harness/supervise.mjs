// node supervise.mjs <command> [...arguments]: runs the command until it ends or our standard input does.
// Whoever starts us holds that input open, so the command never outlives a test run, however that run ends.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

const signal = (name) => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name); // The whole group: nginx has workers.
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // It has ended by itself.
  }
};

child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.resume().once('close', () => {
  signal('SIGTERM');
  setTimeout(signal, 2_000, 'SIGKILL');
});
