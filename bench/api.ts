import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { secretDigest } from '../src/adapters/system/secret-digest.js';
import { keyText, usualScopes } from '../src/domain/api-key.js';
import { userId } from '../src/domain/ids.js';
import { type Answered, type ApiOrder, listen, order, orders } from './api-calls.js';
import { type Rows, rounded } from './figures.js';
import { openStage, quantile, residentMegabytes, type Stage, startProgram, stopProgram } from './stage.js';

const people = 200;
const rate = 50;
/** The first seconds of a process are those of its compiler. */
const warmUpSeconds = 10;
const listenersEach = 5;

/**
 * How soon an order over HTTP is answered beside the floor and the naive way: by a process of its own, as where the
 * workers are elsewhere, and beside a worker on the same machine, at half of that and at more than two cores can make.
 * Then what a thousand who follow orders take of memory.
 */
export async function measureApi(seconds: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 500, people });
  try {
    const { floor, naive } = await measureFloor(stage, seconds);
    const keys = await givenKeys(stage);
    const http = await startProgram({ ...stage.environment, ...stage.webhooks, ROLES: 'http' });
    // As docs/deploy.md has it beside others.
    const worker = () =>
      startProgram(
        { ...stage.environment, PUBLIC_URL: stage.webhooks.PUBLIC_URL, ROLES: 'worker' },
        { niceness: 10 },
      );
    const url = `${stage.webhooks.PUBLIC_URL}/v1/generations`;
    const to = (count: number): ApiOrder => ({ url, key: keys[count % people] ?? '', count });
    let asked = 0;
    const ordered = async (each: number, lasting: number): Promise<Answered[]> => {
      const from = asked;
      asked += each * lasting;
      return orders(each, lasting, (count) => to(from + count));
    };
    await ordered(10, warmUpSeconds);
    const alone = await ordered(rate, seconds);
    const first = await worker();
    await delivered(stage);
    const beside = await ordered(rate / 2, seconds);
    await delivered(stage);
    const besideAll = await ordered(rate, seconds);
    await delivered(stage);
    await stopProgram(first);
    const rows = await measureListeners(http, to, worker);
    await stopProgram(http);
    return [
      row(`POST /v1/generations, ${rate} a second: ms`, alone),
      row(`a worker beside it, ${rate / 2} a second: ms`, beside),
      row(`a worker beside it, ${rate} a second, more than two cores can make: ms`, besideAll),
      row(`the floor, ${rate} a second: ms`, floor),
      row(`naive, ${rate} a second: ms`, naive),
      ...rows,
    ];
  } finally {
    await stage.close();
  }
}

function row(what: string, answers: readonly Answered[]): Rows[number] {
  const milliseconds = answers.map((answer) => answer.milliseconds);
  const at = (share: number) => rounded(quantile(milliseconds, share), 1);
  return {
    what,
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), n: answers.length },
    refused: answers.filter(({ status }) => status !== 202).length,
  };
}

/** Everybody's, by their place. */
export async function givenKeys({ database }: Stage): Promise<string[]> {
  return Promise.all(
    Array.from({ length: people }, async (_, index) => {
      const parts = { shown: String(index).padStart(8, '0'), secret: String(index).padStart(32, '0') };
      await database.stores.apiKeys.add({
        id: randomUUID(),
        owner: userId(String(index + 1)),
        name: 'bench',
        shown: parts.shown,
        digest: secretDigest.of(parts.secret),
        scopes: usualScopes,
        createdAt: new Date(),
        ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
      });
      return keyText(parts);
    }),
  );
}

/** The floor has a database for itself, in the same cluster; nothing else runs meanwhile. */
async function measureFloor({ pool, environment, webhooks }: Stage, seconds: number) {
  await pool.query('create database api_floor');
  const address = new URL(environment.DATABASE_URL ?? '');
  address.pathname = 'api_floor';
  const program = await startProgram(
    { ...environment, DATABASE_URL: address.href, ...webhooks },
    { command: ['--import', 'tsx', 'bench/api-floor.ts'] },
  );
  const url = `${webhooks.PUBLIC_URL}/v1/generations`;
  const to = (count: number): ApiOrder => {
    const person = 1 + (count % people);
    return { url, key: `shown${person}.secret${person}`, count };
  };
  await orders(10, warmUpSeconds / 2, to);
  const floor = await orders(rate, seconds, (count) => to(10 * warmUpSeconds + count));
  const naive = await orders(rate, 10, (count) => ({ ...to(count), url: `${webhooks.PUBLIC_URL}/naive` }));
  await stopProgram(program);
  return { floor, naive };
}

/** Until nothing is open. @throws Error after two minutes: what comes next would be measured beside it */
async function delivered({ pool }: Stage): Promise<void> {
  for (let look = 0; look < 240; look += 1) {
    const { rows } = await pool.query<{ open: boolean }>(
      `select exists (select from generations where status in ('accepted', 'submitting', 'submitted')) as open`,
    );
    if (rows[0]?.open !== true) return;
    await sleep(500);
  }
  throw new Error('orders are still open after two minutes');
}

/** Orders that nobody works on are followed by five each, for longer than a heartbeat; then a worker comes. */
async function measureListeners(
  http: Awaited<ReturnType<typeof startProgram>>,
  to: (count: number) => ApiOrder,
  startWorker: () => ReturnType<typeof startProgram>,
): Promise<Rows> {
  const placed = [];
  for (let count = 0; count < people; count += 1) {
    const { body } = await order(to(1_000_000 + count));
    placed.push({ key: to(count).key, id: (JSON.parse(body) as { id: string }).id });
  }
  const before = await residentMegabytes(http);
  const listeners = [];
  for (let each = 0; each < listenersEach; each += 1)
    listeners.push(
      ...(await Promise.all(placed.map(({ key, id }) => listen(`${to(0).url}/${id}/events`, key)))),
    );
  await sleep(20_000);
  const meanwhile = await residentMegabytes(http);
  const worker = await startWorker();
  const ended = Promise.all(listeners.map((listener) => listener.ended));
  await Promise.race([ended, sleep(60_000)]);
  const done = listeners.filter(({ events }) => events.at(-1) === 'done').length;
  const after = await residentMegabytes(http);
  await stopProgram(worker);
  return [
    { what: 'http process, nobody follows: MB', p50: Math.round(before) },
    { what: `the same, ${listeners.length} follow an order: MB more`, p50: Math.round(meanwhile - before) },
    { what: 'the same, all of them told and gone: MB more', p50: Math.round(after - before) },
    { what: 'told of the end', p50: done, n: listeners.length },
  ];
}
