import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './serve-pages.js';

/** How the article stands on the demo's server. */
export interface DemoState {
  readonly version: string;
  readonly value: {
    readonly title: string;
    readonly body: string;
    readonly tags: readonly string[];
    readonly checklist: readonly { readonly id: string; readonly text: string; readonly done: boolean }[];
    readonly views: number;
  };
}

export interface Demo {
  readonly url: string;
  state(): Promise<DemoState>;
  /** Presses a button of the desk behind the page's back. */
  press(button: string): Promise<DemoState>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** `npm run demo` as a user starts it, without the build before it. */
export async function startDemo(): Promise<Demo> {
  const child = spawn(process.execPath, ['docs/demo/live.mjs'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`The demo ended with ${code} before it said where it is: ${said}`)));
  });
  const ask = async (path: string, method: string): Promise<DemoState> => {
    const answer = await fetch(new URL(path, url), { method });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}.`);
    return (await answer.json()) as DemoState;
  };
  return {
    url,
    state: () => ask('desk', 'GET'),
    press: (button) => ask(join('desk', button), 'POST'),
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
