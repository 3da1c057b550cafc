import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { FilesOutOfReach } from '../../../src/adapters/telegram/photos/server-files.js';
import { TelegramFiles } from '../../../src/adapters/telegram/photos/telegram-files.js';

const { signal } = new AbortController();

/** A Bot API server of one's own that names `path` for every file. */
function filesAt(path: string, account: { filesDir?: string; downloadLimit?: number; apiUrl?: string } = {}) {
  const api = new Api('1:token');
  api.config.use(async () => ({ ok: true, result: { file_id: 'x', file_path: path } as never }));
  const usual = { token: '1:token', apiUrl: 'http://127.0.0.1:9', filesDir: null, downloadLimit: 1000 };
  return new TelegramFiles(api, { ...usual, ...account });
}

async function aServerFolder() {
  const root = await mkdtemp(join(tmpdir(), 'bot-api-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = join(root, 'server');
  await mkdir(join(folder, 'photos'), { recursive: true });
  await writeFile(join(folder, 'photos', 'one.jpg'), 'one');
  await writeFile(join(folder, 'photos', 'large.jpg'), Buffer.alloc(1001));
  await writeFile(join(root, 'secret'), 'secret');
  await mkdir(join(root, 'server-of-others'));
  await writeFile(join(root, 'server-of-others', 'one.jpg'), 'theirs');
  await symlink(join(root, 'secret'), join(folder, 'photos', 'link.jpg'));
  await symlink(root, join(folder, 'up'));
  return { root, folder };
}

test('a file on the disk of a Bot API server is read from there', async () => {
  const { folder } = await aServerFolder();
  const one = filesAt(join(folder, 'photos', 'one.jpg'), { filesDir: folder });
  expect(await one.download('x', signal)).toEqual({ bytes: Buffer.from('one') });
  expect(one.complaint()).toBeNull();
  const large = filesAt(join(folder, 'photos', 'large.jpg'), { filesDir: folder });
  expect(await large.download('x', signal)).toEqual({ refused: 'too_large' });
  const larger = { filesDir: folder, downloadLimit: 2000 };
  expect(await filesAt(join(folder, 'photos', 'large.jpg'), larger).download('x', signal)).toHaveProperty(
    'bytes',
  );
});

test('nothing outside that folder is read, whatever it is called and wherever links lead', async () => {
  const { root, folder } = await aServerFolder();
  for (const path of [
    join(root, 'secret'),
    `${folder}/../secret`,
    `${folder}/photos/../../secret`,
    join(folder, 'photos', 'link.jpg'),
    join(folder, 'up', 'secret'),
    join(root, 'server-of-others', 'one.jpg'),
    folder,
    join(folder, 'photos'),
    join(folder, 'missing.jpg'),
  ]) {
    const files = filesAt(path, { filesDir: folder });
    const problem = await files.download('x', signal).catch((error: unknown) => error);
    expect(problem, path).toBeInstanceOf(FilesOutOfReach);
    expect(files.complaint(), path).toContain('TELEGRAM_FILES_DIR');
    expect(String(problem), path).not.toContain(root);
  }
});

test('without the folder the operator is told, and the file is not called gone', async () => {
  const files = filesAt('/var/lib/telegram-bot-api/1:token/photos/one.jpg');
  await expect(files.download('x', signal)).rejects.toThrow('set TELEGRAM_FILES_DIR');
  expect(files.complaint()).toContain('TELEGRAM_FILES_DIR');
});

test('a server of one’s own that serves no files is the operator’s trouble; it is over with the next file', async () => {
  let status = 404;
  const server = createServer((_, response) => response.writeHead(status).end('bytes')).listen(
    0,
    '127.0.0.1',
  );
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const files = filesAt('photos/one.jpg', { apiUrl });
  await expect(files.download('x', signal)).rejects.toThrow('serves no files over HTTP');
  expect(files.complaint()).not.toBeNull();
  status = 200;
  expect(await files.download('x', signal)).toEqual({ bytes: Buffer.from('bytes') });
  expect(files.complaint()).toBeNull();
});
