import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './harness/free-port.js';
import { installProgram } from './harness/install.js';
import { fetchWith, type RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';

const USER = { username: 'writer', password: 'only-in-tests', email: 'writer@example.com' };

/** Signs a user up and asks for a token, as a person with a browser would. */
async function tokenFrom(url: string): Promise<string> {
  const post = (path: string, form: Record<string, string>): Promise<Response> =>
    fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const signedUp = await post('/signup', USER);
  if (signedUp.status !== 201) throw new Error(`Armadietto refused to sign a user up: ${signedUp.status}`);
  const request = { client_id: 'http://localhost', redirect_uri: 'http://localhost/', response_type: 'token' };
  const granted = await post('/oauth', { ...request, ...USER, scope: 'articles:rw', allow: 'Allow' });
  const token = new URLSearchParams(granted.headers.get('location')?.split('#')[1]).get('access_token');
  if (token === null) throw new Error(`Armadietto granted no token: ${granted.status} ${await granted.text()}`);
  return token;
}

/** Armadietto, a remoteStorage server. It knows GET, PUT and DELETE; a PATCH takes it down. */
export async function startArmadietto(): Promise<RunningServer> {
  const program = await installProgram('armadietto', '0.6.6', 'armadietto');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess({
    name: 'armadietto',
    program,
    args: async (folder) => {
      const configuration = {
        allow_signup: true,
        storage_path: join(folder, 'storage'),
        http: { host: '127.0.0.1', port },
        logging: { log_dir: join(folder, 'logs'), stdout: ['error'], log_files: ['error'] },
        basePath: '',
      };
      await writeFile(join(folder, 'conf.json'), JSON.stringify(configuration));
      return ['--conf', join(folder, 'conf.json')];
    },
    answers: url,
  });
  const token = await tokenFrom(url);
  return {
    name: 'Armadietto',
    url,
    documentUrl: (name) => `${url}/storage/${USER.username}/articles/${name}`,
    fetch: fetchWith(() => ({ authorization: `Bearer ${token}` })),
    stop,
  };
}
