import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const supervisor = fileURLToPath(new URL('./supervise.mjs', import.meta.url));
const START_MS = 60_000;

export interface Command {
  readonly name: string;
  readonly program: string;
  /** `folder` is new, empty and removed afterwards: working directory, data and logs of the server. */
  readonly args: (folder: string) => readonly string[] | Promise<readonly string[]>;
  /** An address that answers, whatever it answers, as soon as the server works. */
  readonly answers: string;
}

export interface RunningProcess {
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts a server, waits until it answers, and gives back how to stop it and remove what it wrote. */
export async function startProcess(command: Command): Promise<RunningProcess> {
  const folder = await mkdtemp(join(tmpdir(), `unconflict-${command.name}-`));
  const args = await command.args(folder);
  const child = spawn(process.execPath, [supervisor, command.program, ...args], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit');
  const running = (): boolean => child.exitCode === null && child.signalCode === null;

  const stop = async (): Promise<void> => {
    child.stdin.end();
    if (running()) await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  const deadline = Date.now() + START_MS;
  while (!(await answers(command.answers))) {
    if (running() && Date.now() < deadline) {
      await pause(50);
      continue;
    }
    const why = running() ? `did not answer ${command.answers} within ${START_MS} ms` : 'ended by itself';
    await stop();
    throw new Error(`${command.name} ${why}. Its last words:\n${output}`);
  }
  return { folder, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false; // Refused: not listening yet.
  }
}
