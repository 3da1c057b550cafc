import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { FalDownloads, type FalDownloadsSettings } from '../../../../src/adapters/fal/files/fal-downloads.js';
import { BadDownload } from '../../../../src/application/ports/image-downloads.js';
import { type Answer, deadAddress, type LoopbackServer, loopbackServer } from '../loopback-server.js';

let servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function fileServer(answer: Answer): Promise<LoopbackServer> {
  const server = await loopbackServer(answer);
  servers.push(server);
  return server;
}

async function read(url: string, settings: Partial<FalDownloadsSettings> = {}): Promise<string> {
  const downloads = new FalDownloads({ allowedHosts: [new URL(url).host], ...settings });
  const chunks: Uint8Array[] = [];
  for await (const chunk of await downloads.open(url)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The error of a download; a download that works is one too. */
async function failure(url: string, settings: Partial<FalDownloadsSettings> = {}): Promise<BadDownload> {
  const error: unknown = await read(url, settings).catch((thrown: unknown) => thrown);
  if (error instanceof BadDownload) return error;
  throw new Error(`no BadDownload but ${String(error)}`);
}

describe('reading a result file', () => {
  it('gives its bytes and keeps the connection for the next ones', async () => {
    const server = await fileServer((_, response) => void response.end('picture'));
    for (let time = 0; time < 10; time++) expect(await read(`${server.url}/a.jpg?sig=1`)).toBe('picture');
    expect(server.requests[0]).toMatchObject({
      path: '/a.jpg?sig=1',
      headers: { 'accept-encoding': 'identity' },
    });
    // A connection may be given back only after the next file was asked for.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it('closes the connection when its reader stops early', async () => {
    const closed: Promise<unknown>[] = [];
    const { url, host } = await fileServer((_, response) => {
      closed.push(once(response, 'close'));
      response.write('x'.repeat(1_000));
    });
    for await (const _ of await new FalDownloads({ allowedHosts: [host] }).open(url)) break;
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
  });
});

describe('hosts and redirects', () => {
  it('asks no host that is not listed', async () => {
    const { url, requests } = await fileServer((_, response) => void response.end('picture'));
    const error = await failure(`${url}/a?sig=secret`, { allowedHosts: ['fal.media'] });
    expect(error.retry).toBe(false);
    expect(error.message).not.toContain('secret');
    expect(requests).toHaveLength(0);
    expect((await failure('https://fal.media/a', { allowedHosts: [] })).retry).toBe(false);
  });

  it('refuses what is no address', async () => {
    const downloads = new FalDownloads({ allowedHosts: ['fal.media'] });
    await expect(downloads.open('/a.jpg')).rejects.toMatchObject({ name: 'BadDownload', retry: false });
  });

  it('follows redirects on listed hosts, three at most', async () => {
    const other = await fileServer((_, response) => void response.end('picture'));
    const server = await fileServer(({ path }, response) => {
      const left = Number(path.slice(1));
      const location = left === 1 ? `${other.url}/a.jpg` : `/${left - 1}`;
      response.writeHead(302, { location }).end();
    });
    const settings = { allowedHosts: [server.host, other.host] };
    expect(await read(`${server.url}/3`, settings)).toBe('picture');
    expect(await failure(`${server.url}/4`, settings)).toMatchObject({ retry: false });
    expect(server.requests).toHaveLength(3 + 4);
  });

  it('follows none to a host that is not listed', async () => {
    const other = await fileServer((_, response) => void response.end('picture'));
    const server = await fileServer(
      (_, response) => void response.writeHead(302, { location: `${other.url}/a.jpg?sig=secret` }).end(),
    );
    const error = await failure(server.url);
    expect(error.retry).toBe(false);
    expect(error.message).not.toContain('secret');
    expect(other.requests).toHaveLength(0);
  });

  it.each(['file:///etc/passwd', 'https://169.254.169.254/', 'ht!tp://x', '//10.0.0.1/'])(
    'follows none to %s',
    async (location) => {
      const { url } = await fileServer((_, response) => void response.writeHead(302, { location }).end());
      expect((await failure(url)).retry).toBe(false);
    },
  );
});

describe('what comes instead of the file', () => {
  it.each([
    [403, false],
    [404, true],
    [410, false],
    [304, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])('%i: may another try help? %s', async (status, retry) => {
    const { url } = await fileServer((_, response) => void response.writeHead(status).end());
    expect(await failure(url)).toMatchObject({ retry });
  });

  it.each<[string, Answer]>([
    ['an error', (_, response) => void response.writeHead(403).end()],
    [
      'a redirect elsewhere',
      (_, response) => void response.writeHead(302, { location: 'https://evil.example/a?sig=secret' }).end(),
    ],
    [
      'redirects without end',
      (_, response) => void response.writeHead(302, { location: '/b?sig=secret' }).end(),
    ],
    ['a broken connection', (_, response) => void response.socket?.destroy()],
  ])('%s is told without the address, which may be signed', async (_, answer) => {
    const { url } = await fileServer(answer);
    const { message } = await failure(`${url}/files/portrait.jpg?sig=secret`);
    expect(message).not.toMatch(/secret|portrait/);
  });

  it('nobody listens: another try may help', async () => {
    expect(await failure(await deadAddress())).toMatchObject({ retry: true });
  });

  it('half a file: another try may help', async () => {
    const { url } = await fileServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x'.repeat(50), () => response.socket?.destroy());
    });
    expect(await failure(url)).toMatchObject({ retry: true });
  });

  it('half a file without a length: another try may help', async () => {
    const { url } = await fileServer((_, response) => {
      response.write('x'.repeat(50), () => response.socket?.destroy());
    });
    expect(await failure(url)).toMatchObject({ retry: true });
  });

  it('notices a shorter body than announced though nothing broke', async () => {
    const fetch = async () => new Response('short', { headers: { 'content-length': '100' } });
    expect(await failure('https://fal.media/a', { fetch })).toMatchObject({
      message: 'the file ended after 5 of 100 bytes',
      retry: true,
    });
  });

  it('a file that says it is too large is not read', async () => {
    const { url } = await fileServer((_, response) => {
      response.writeHead(200, { 'content-length': '1001' });
      response.flushHeaders();
    });
    expect(await failure(url, { maximumBytes: 1_000 })).toMatchObject({ retry: false });
  });

  it('a file that is too large without saying so is read up to the limit', async () => {
    const { url } = await fileServer((_, response) => {
      const send = () => {
        while (response.write('x'.repeat(1_000)));
        response.once('drain', send);
      };
      send();
    });
    expect(await failure(url, { maximumBytes: 100_000 })).toMatchObject({ retry: false });
  });

  it.each<[string, Answer]>([
    ['at once', () => undefined],
    ['after some bytes', (_, response) => void response.write('x')],
  ])('silence %s is given up, and another try may help', async (_, answer) => {
    const { url } = await fileServer(answer);
    expect(await failure(url, { silenceMilliseconds: 50 })).toMatchObject({
      message: 'the download fell silent',
      retry: true,
    });
  });

  it('a file that comes byte by byte for ever is given up', async () => {
    const { url } = await fileServer((_, response) => {
      const drip = setInterval(() => response.write('x'), 5);
      response.once('close', () => clearInterval(drip));
    });
    expect(await failure(url, { totalMilliseconds: 100 })).toMatchObject({
      message: 'the download took too long',
      retry: true,
    });
  });
});

it.each([
  [70, true],
  [101, false],
])('a file of %i MB is taken without a setting: %s', async (megabytes, isTaken) => {
  const part = new Uint8Array(1_000_000);
  const body = async function* () {
    for (let given = 0; given < megabytes; given += 1) yield part;
  };
  const fetch = async () => new Response(ReadableStream.from(body()));
  const downloads = new FalDownloads({ allowedHosts: ['fal.media'], fetch });
  const read = async () => {
    let size = 0;
    for await (const chunk of await downloads.open('https://fal.media/a.png')) size += chunk.byteLength;
    return size;
  };
  if (isTaken) expect(await read()).toBe(megabytes * 1_000_000);
  else await expect(read()).rejects.toMatchObject({ retry: false });
});
