import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bought, takenBack } from '../../../src/domain/payments/payment.js';
import { type LocalTelegram, startLocalTelegram } from '../../../src/sandbox/telegram/local-telegram.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { givenUser } from '../../support/builders/given.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from '../postgres/open-postgres.js';
import { command } from './a-terminal.js';

let folder: string;
let opened: OpenedPostgres;
let telegram: LocalTelegram;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-payments-'));
  opened = await openPostgres();
  telegram = await startLocalTelegram({ folder: join(folder, 'telegram') });
});
afterAll(async () => {
  await telegram.close();
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]) =>
  command(words, {
    ...{ MODE: 'live', FAL_KEY: 'key', DATA_DIR: join(folder, 'data') },
    ...{ DATABASE_URL: opened.connectionString, TELEGRAM_BOT_TOKEN: telegram.token },
    TELEGRAM_API_URL: telegram.url,
  });

test('payments that wait are listed with what can be done, and end by an operator', async () => {
  const { stores } = opened.database;
  await givenUser(stores, { id: someone });
  expect((await run('payments', 'list')).out).toBe('no payment waits for you\n');

  const begun = { status: 'refunding', taken: 50, refundBegunAt: longAgo } as const;
  const unanswered = aPayment({ charge: 'unanswered', ...begun });
  const unknown = aPayment({ charge: 'unknown', offer: null, credits: 0 });
  for (const payment of [unanswered, unknown]) await stores.payments.add(payment);
  await stores.ledger.write([...bought(unanswered), ...takenBack(unanswered, 50)], longAgo);

  const listed = await run('payments', 'list', '--json');
  expect(JSON.parse(listed.out)).toMatchObject([
    { charge: 'unanswered', waits: 'refund', stars: 100, taken: 50 },
    { charge: 'unknown', waits: 'offer', stars: 100, taken: 0 },
  ]);
  const { out } = await run('payments', 'list');
  for (const way of [
    `aisha users refund ${someone} unanswered`,
    'aisha payments stop unanswered',
    'aisha payments settle unknown <credits> <why>',
    `aisha users refund ${someone} unknown`,
  ])
    expect(out).toContain(way);

  expect(await run('payments', 'settle', 'unknown', '1.5', 'x')).toMatchObject({ code: 2, out: '' });
  expect(await run('payments', 'settle', 'unanswered', '5', 'x')).toMatchObject({ code: 2, out: '' });
  expect(await run('payments', 'settle', 'unknown', '120', 'an', 'old', 'invoice')).toMatchObject({
    code: 0,
    out: `unknown of ${someone} is settled with 120 credits\n`,
  });
  expect(await run('payments', 'stop', 'unanswered', 'it', 'stayed')).toMatchObject({ code: 0 });
  expect(await stores.ledger.account(someone)).toMatchObject({ balance: 170 });
  expect(await stores.ledger.breaches()).toEqual([]);
  expect((await run('payments', 'list', '--json')).out.trim()).toBe('[]');
  const acts = await stores.operatorActs.list(9);
  expect(acts.map(({ act, admin, why }) => [act, admin, why])).toEqual([
    ['refund-stop', 'cli', 'it stayed'],
    ['payment-settle', 'cli', 'an old invoice'],
  ]);
});
