import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './harness/free-port.js';
import type { RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';
import { startOrigin } from './origin.js';

/** `gzip`: nginx compresses and weakens the tag. `suffix`: the tag ends in `-gzip"`, as Apache's mod_deflate makes it. */
export type Gateway = 'gzip' | 'suffix';

const PROGRAMS = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx', '/usr/local/bin/nginx'];

function program(): string {
  const found = PROGRAMS.find((path) => existsSync(path));
  if (found === undefined)
    throw new Error('nginx is missing: apt-get install -y nginx-light (`.ci/run` does it by itself)');
  return found;
}

const locationsOf = (origin: string): string => `
    location /gzip/ {
      gzip on;
      gzip_proxied any;
      gzip_min_length 1;
      gzip_types application/json;
      proxy_pass ${origin}/;
    }
    location /suffix/ {
      proxy_hide_header ETag;
      add_header ETag $suffixed_etag;
      proxy_pass ${origin}/;
    }`;

const configuration = (folder: string, port: number, { locations, upstream = '' }: Front): string => `
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 128; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  map $http_accept_encoding:$upstream_http_etag $suffixed_etag {
    "~gzip[^:]*:\\"(?<tag>[^\\"]*)\\"$" '"$tag-gzip"';
    default $upstream_http_etag;
  }
  ${upstream}
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}
`;

/** What an nginx does with what comes in, in its own words. */
export interface Front {
  readonly locations: string;
  readonly upstream?: string;
}

/** nginx on a loopback port. */
export async function startFront(front: Front): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess({
    name: 'nginx',
    program: program(),
    args: async (folder) => {
      const file = join(folder, 'nginx.conf');
      await writeFile(file, configuration(folder, port, front));
      return ['-p', folder, '-e', 'stderr', '-c', file];
    },
    answers: url,
  });
  return { url, stop };
}

/** nginx as a gateway that compresses, in front of an origin that compares tags strictly. */
export async function startNginx(gateway: Gateway): Promise<RunningServer> {
  const origin = await startOrigin();
  const { url, stop } = await startFront({ locations: locationsOf(origin.url) });
  return {
    name: `nginx (${gateway})`,
    url,
    documentUrl: (name) => `${url}/${gateway}/${name}`,
    fetch,
    stop: async () => {
      await stop();
      await origin.stop();
    },
  };
}
