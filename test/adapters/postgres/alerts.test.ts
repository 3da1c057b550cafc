import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresSystemStats } from '../../../src/adapters/postgres/stores/jobs/postgres-system-stats.js';
import { StandardWebhook } from '../../../src/adapters/webhooks/standard-webhook.js';
import { ProviderHealth } from '../../../src/application/jobs/provider-health.js';
import { NoteTroubles } from '../../../src/application/operator/note-troubles.js';
import { SendAlerts } from '../../../src/application/operator/send-alerts.js';
import { DiskSpace } from '../../../src/application/policy/disk-space.js';
import { userId } from '../../../src/domain/ids.js';
import { secondsAfter } from '../../../src/domain/time.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakeDisk } from '../../fakes/fake-disk.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { openReceiver } from '../../support/alert-receiver.js';
import { aPayment } from '../../support/builders/a-payment.js';
import { noQuotas } from '../../support/builders/allowances.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { nextUuid, someone } from '../../support/builders/ids.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ids = { uuid: nextUuid, seed: () => 1 };

describe('alerts of several processes over one database', () => {
  let opened: OpenedPostgres;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let clock: FakeClock;
  let log: RecordingLogger;
  beforeAll(async () => {
    opened = await openPostgres();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.clear();
    clock = new FakeClock();
    log = new RecordingLogger();
    receiver = await openReceiver(secret, () => clock.now());
  });
  afterEach(() => receiver.close());

  /** A process as it has just begun. */
  function aProcess() {
    const { database, pool } = opened;
    const health = new ProviderHealth({ clock, log });
    const disk = new FakeDisk();
    const bot = { contested: false, isContested: () => bot.contested };
    const troubles = new NoteTroubles({
      ...{ database, clock, ids, health, bot },
      policy: { quotas: { ...noQuotas, budgets: { day: 10_000_000, month: null } } },
      stats: new PostgresSystemStats(pool, { countAlive: async () => 1 }, clock),
      disk: new DiskSpace({ disk, clock, log, floorBytes: 1000 }),
    });
    // No test waits for the end of a patience.
    const channel = new StandardWebhook({ url: receiver.url, secret, clock, milliseconds: 3_600_000 });
    return {
      health,
      disk,
      bot,
      troubles,
      alerts: new SendAlerts({ database, clock, log, ways: { webhook: channel } }),
    };
  }
  type Process = ReturnType<typeof aProcess>;

  /** They look, then tell, all at the same time. */
  async function look(...processes: Process[]): Promise<void> {
    await Promise.all(processes.map(({ troubles }) => troubles.execute()));
    await Promise.all(processes.map(({ alerts }) => alerts.execute()));
  }
  /** Looks every half minute for so long. */
  async function lookFor(seconds: number, ...processes: Process[]): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 30) {
      clock.advance(30);
      await look(...processes);
    }
  }
  const halfAnHourAgo = () => secondsAfter(clock.now(), -1800);
  const told = () =>
    receiver.received.map(({ type, data }) => [type, data.kind, data.subject].join(' ').trim());

  const troubles: readonly [
    string,
    (one: Process) => Promise<unknown>,
    (one: Process) => Promise<unknown>,
  ][] = [
    [
      'provider_refuses_key',
      async ({ health }) => health.noAccess('401'),
      async ({ health }) => health.well(),
    ],
    [
      'provider_unreadable',
      async ({ health }) => {
        for (let count = 0; count < 3; count += 1) health.doubtful();
      },
      async ({ health }) => health.well(),
    ],
    [
      'endpoint_gone fal-ai/flux-lora',
      () =>
        opened.database.stores.endpoints.retire('fal-ai/flux-lora', {
          since: clock.now(),
          tries: 0,
          nextTryAt: clock.now(),
        }),
      () => opened.database.stores.endpoints.served('fal-ai/flux-lora'),
    ],
    [
      'dead_letters generation',
      async () => {
        const { id } = await givenGeneration(opened.database.stores, { status: 'failed' });
        await opened.database.stores.generations.markDead(id, clock.now());
      },
      () => opened.pool.query('update generations set dead_at = null'),
    ],
    [
      'disk_nearly_full',
      async ({ disk }) => {
        disk.free = 999;
      },
      async ({ disk }) => {
        disk.free = 1_000_000;
      },
    ],
    [
      'two_pollers',
      async ({ bot }) => {
        bot.contested = true;
      },
      async ({ bot }) => {
        bot.contested = false;
      },
    ],
    [
      'books_differ',
      async () => {
        await givenUser(opened.database.stores, { credits: 10 });
        await opened.pool.query('update accounts set balance = balance + 1');
      },
      () => opened.pool.query('update accounts set balance = balance - 1'),
    ],
    [
      'budget_nearly_spent day',
      async () => {
        const { quotas } = opened.database.stores;
        // The first one of a day counts the jobs that there are.
        for (const cost of [0, 8_000_000]) await quotas.spend(cost, clock.now());
      },
      () => opened.database.stores.quotas.reset(clock.now()),
    ],
    [
      'star_books_differ',
      async () => {
        const { payments, starBooks } = opened.database.stores;
        await givenUser(opened.database.stores, { id: someone });
        await payments.add(aPayment({ charge: 'c' }));
        await starBooks.enterPaid('c', 99, 0);
      },
      () => opened.database.stores.starBooks.enterPaid('c', 100, 0),
    ],
    [
      'refund_unanswered',
      async () => {
        const { payments } = opened.database.stores;
        await givenUser(opened.database.stores, { id: someone });
        await opened.pool.query('delete from payments');
        await payments.add(aPayment({ charge: 'c', status: 'refunding', refundBegunAt: halfAnHourAgo() }));
      },
      () =>
        opened.database.stores.payments.change(
          aPayment({ charge: 'c', status: 'refunded', refundedAt: clock.now() }),
          'refunding',
        ),
    ],
    [
      'payment_unknown',
      async () => {
        const { payments } = opened.database.stores;
        await givenUser(opened.database.stores, { id: someone });
        await opened.pool.query('delete from payments');
        await payments.add(aPayment({ charge: 'c', offer: null, credits: 0 }));
      },
      () => opened.database.stores.payments.settle({ charge: 'c', credits: 0, settledAt: clock.now() }),
    ],
  ];

  it('wait half an hour for the answer to a refund', async () => {
    const { payments } = opened.database.stores;
    await givenUser(opened.database.stores, { id: someone });
    const one = aProcess();
    await payments.add(aPayment({ charge: 'c', status: 'refunding', refundBegunAt: clock.now() }));
    await lookFor(1770, one);
    expect(told()).toEqual([]);
    await lookFor(30, one);
    expect(told()).toEqual(['alert.begun refund_unanswered']);
    expect(receiver.received[0]?.data.facts).toEqual({ payments: 1, stars: 100 });
  });

  it.each(troubles)('tell once that %s has begun, and once that it is over', async (name, begin, end) => {
    const [first, second] = [aProcess(), aProcess()];
    await lookFor(300, first, second);
    expect(told()).toEqual([]);
    await begin(first);
    await lookFor(600, first, second);
    expect(told()).toEqual([`alert.begun ${name}`]);
    await end(first);
    await lookFor(900, first, second);
    expect(told()).toEqual([`alert.begun ${name}`, `alert.cleared ${name}`]);
    await begin(first);
    await lookFor(120, first, second);
    expect(told()).toHaveLength(3);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(3);
    expect(receiver.refused).toEqual([]);
  });

  it('tell of each recipe once, however many report it, and anew when it is reported after a decision', async () => {
    const { cases } = opened.database.stores;
    const recipe = nextUuid();
    const report = async (reporter: string, subject = recipe) => {
      const id = nextUuid();
      const about = { kind: 'recipe', person: someone, category: 'hate', openedAt: clock.now() } as const;
      await cases.open({ ...about, id, reporter: userId(reporter), subject });
      return `alert.begun case_waits ${id}`;
    };
    const [one, other] = [aProcess(), aProcess()];
    const first = await report('11');
    await report('12');
    await lookFor(60, one, other);
    await report('13');
    await lookFor(600, one, other);
    expect(told()).toEqual([first]);
    const second = await report('14', nextUuid());
    await lookFor(60, one, other);
    expect(told()).toEqual([first, second]);
    expect(JSON.stringify(receiver.received)).not.toContain(`"${someone}"`);
    await cases.decide((await cases.waiting(0))?.id ?? '', 'keep', clock.now());
    const third = await report('15');
    await lookFor(60, one, other);
    expect(told()).toEqual([first, second, third]);
  });

  it('tell nothing anew after a start, not even when nobody looked for hours', async () => {
    const before = aProcess();
    before.health.noAccess('401');
    await look(before);
    clock.advance(3 * 3600);
    const after = aProcess();
    await lookFor(60, after);
    after.health.noAccess('401');
    await lookFor(600, after);
    expect(told()).toEqual(['alert.begun provider_refuses_key']);
  });

  it('take nothing for over while one of them cannot look', async () => {
    const one = aProcess();
    one.disk.free = 1;
    await lookFor(300, one);
    await opened.pool.query('alter table retired_endpoints rename to away');
    clock.advance(900);
    await expect(one.troubles.execute()).rejects.toThrow('retired_endpoints');
    await opened.pool.query('alter table away rename to retired_endpoints');
    await lookFor(30, one);
    expect(told()).toEqual(['alert.begun disk_nearly_full']);
  });

  it('are sent again after a pause that grows, under the same id, until they are taken', async () => {
    const one = aProcess();
    one.disk.free = 1;
    receiver.troubles.push(
      (response) => response.writeHead(503).end(),
      (response) => response.destroy(),
    );
    await look(one);
    clock.advance(4);
    await one.alerts.execute();
    expect(receiver.troubles).toHaveLength(1);
    clock.advance(1);
    await one.alerts.execute();
    expect(receiver.troubles).toHaveLength(0);
    clock.advance(9);
    await one.alerts.execute();
    expect(told()).toEqual([]);
    clock.advance(1);
    await one.alerts.execute();
    expect(told()).toEqual(['alert.begun disk_nearly_full']);
    const warnings = log.lines.filter(({ message }) => message.startsWith('an alert was not taken'));
    expect(warnings).toHaveLength(2);
    expect(JSON.stringify(warnings)).not.toContain('of-the-receiver');
  });

  it('keep no chore waiting: whoever nudges goes on while the receiver does not answer', async () => {
    const one = aProcess();
    one.disk.free = 1;
    await one.troubles.execute();
    const asked = new Promise<void>((resolve) => receiver.troubles.push(() => resolve()));
    one.alerts.nudge();
    await asked;
    one.alerts.nudge();
    await one.troubles.execute();
    await one.alerts.stop();
    expect(told()).toEqual([]);
    clock.advance(60);
    await look(aProcess());
    expect(told()).toEqual(['alert.begun disk_nearly_full']);
  });
});
