import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { probesOf } from '../../scripts/drift/probes.js';
import { type DriftOptions, runDrift } from '../../scripts/drift/run-drift.js';
import { differences, type Shape } from '../../scripts/drift/shape.js';
import { startLocalFal } from '../../src/sandbox/fal/local-fal.js';
import { startLocalTelegram } from '../../src/sandbox/telegram/local-telegram.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A second local fal and Telegram stand for the real ones; what they answer can be changed on the way. */
async function theRealOnes() {
  const fal = await startLocalFal({ folder: await aFolder(), imageMilliseconds: 0, key: 'real-key' });
  const telegram = await startLocalTelegram({ folder: await aFolder() });
  closing.push(
    () => fal.close(),
    () => telegram.close(),
  );
  return { fal, telegram };
}

/** Passes on what it is asked, and changes the text of the answers. */
async function changing(target: string, change: (text: string) => string): Promise<string> {
  const server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const { authorization } = request.headers;
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(request.method === 'GET' ? {} : { body: Buffer.concat(body) }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(change(await answer.text()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const at = (url: string) => ({
  queue: `${url}/queue`,
  run: `${url}/run`,
  rest: `${url}/rest`,
  api: `${url}/api`,
});

async function drift(options: Partial<DriftOptions> = {}) {
  const lines: string[] = [];
  const code = await runDrift({
    ...{ variables: {}, paid: false, chat: undefined },
    out: (line) => void lines.push(line),
    ...options,
  });
  return { code, lines };
}

describe('npm run drift', () => {
  it('finds the local fal and the local Telegram as their fixtures say', async () => {
    const { code, lines } = await drift();
    expect(lines).toEqual([
      expect.stringMatching(/^the local fal: \d+ answers, all as in the fixtures$/),
      'The real one was not asked: FAL_KEY is not set',
      expect.stringMatching(/^the local Telegram: \d+ answers, all as in the fixtures$/),
      'The real one was not asked: TELEGRAM_BOT_TOKEN is not set',
    ]);
    expect(code).toBe(0);
  });

  it('asks the real ones, with keys, nothing that costs or that is sent', async () => {
    const { fal, telegram } = await theRealOnes();
    const variables = { FAL_KEY: 'real-key', TELEGRAM_BOT_TOKEN: telegram.token };
    const { code, lines } = await drift({ variables, fal: at(fal.url), telegram: telegram.url });
    expect(lines.filter((line) => /^(fal|Telegram): /.test(line))).toEqual([
      expect.stringContaining('all as in the fixtures'),
      expect.stringContaining('all as in the fixtures'),
    ]);
    expect(code).toBe(0);
    expect([...fal.requests(), ...fal.uploads()]).toEqual([]);
    for (const method of ['sendMessage', 'deleteMessage', 'getUpdates'])
      expect(telegram.calls.of(method)).toEqual([]);
  });

  it('makes one picture and one message where it is told to', async () => {
    const { fal, telegram } = await theRealOnes();
    telegram.drive.sendText(1, '/start');
    const variables = { FAL_KEY: 'real-key', TELEGRAM_BOT_TOKEN: telegram.token };
    const told = { paid: true, chat: '1' };
    const { code } = await drift({ variables, fal: at(fal.url), telegram: telegram.url, ...told });
    expect(code).toBe(0);
    expect(fal.requests().map(({ endpoint }) => endpoint)).toEqual([
      'fal-ai/flux/schnell',
      'fal-ai/flux/schnell',
    ]);
    expect(telegram.calls.of('sendMessage')).toHaveLength(1);
    expect(telegram.calls.of('deleteMessage')).toHaveLength(1);
  });

  it.each([
    ['"has_more"', '"more"', ['prices: answer.has_more is missing', 'prices: answer.more is not known']],
    [
      '"unit_price":0.025',
      '"unit_price":"0.025"',
      ['prices: answer.prices[].unit_price is string, expected number'],
    ],
    ['"prices":[', '"discount":0,"prices":[', ['prices: answer.discount is not known']],
  ])('finds that fal answers %s as %s, tells it in a line and ends with 1', async (was, is, said) => {
    const { fal } = await theRealOnes();
    const moved = await changing(fal.url, (text) => text.replaceAll(was, is));
    const { code, lines } = await drift({ variables: { FAL_KEY: 'real-key' }, fal: at(moved) });
    expect(lines).toEqual(expect.arrayContaining(said.map((line) => `fal: ${line}`)));
    expect(code).toBe(1);
  });

  it('finds a field that Telegram has left out, and says no token when nobody answers', async () => {
    const { telegram } = await theRealOnes();
    const variables = { TELEGRAM_BOT_TOKEN: telegram.token };
    const moved = await changing(telegram.url, (text) => text.replace('"can_join_groups":', '"may_join":'));
    const { code, lines } = await drift({ variables, telegram: moved });
    expect(lines).toContain('Telegram: the bot itself: answer.result.can_join_groups is missing');
    expect(code).toBe(1);

    await telegram.close();
    closing.pop();
    const silent = await drift({ variables, telegram: telegram.url });
    expect(silent.code).toBe(2);
    expect(silent.lines).toContain('Telegram could not be asked: TypeError');
    expect(silent.lines.join()).not.toContain(telegram.token);
  });
});

describe('the fixtures of drift', () => {
  it.each(['fal', 'telegram'] as const)('of %s each say where they are from', (server) => {
    const probes = probesOf(server);
    expect(probes.length).toBeGreaterThan(10);
    for (const { name, source } of probes)
      expect(source, name).toMatch(/https:\/\/|@fal-ai|@grammyjs|queue\.fal\.run/);
  });
});

describe('a shape', () => {
  const shape: Shape = { id: 'number', 'name?': 'string|null', state: 'ON|OFF', list: [{ x: 'number' }] };

  it.each([
    [{ id: 1, state: 'ON', list: [] }, []],
    [{ id: 1, name: null, state: 'OFF', list: [{ x: 1 }] }, []],
    [{ id: '1', state: 'ON', list: [] }, ['answer.id is string, expected number']],
    [{ id: 1, state: 'AWAY', list: [] }, ['answer.state is string, expected ON|OFF']],
    [{ id: 1, state: 'ON', list: [{ x: 1 }, {}, {}] }, ['answer.list[].x is missing']],
    [{ id: 1, state: 'ON', list: {} }, ['answer.list is object, expected a list']],
    [{ id: 1, state: 'ON', list: [], more: 1 }, ['answer.more is not known']],
    ['<html>', ['answer is string, expected an object']],
  ])('of %o: %o', (value, found) => {
    expect(differences(value, shape)).toEqual(found);
  });
});
