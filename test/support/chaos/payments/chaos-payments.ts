import { seeded } from '../../../../src/sandbox/telegram/bot-api/faults.js';
import { FaultDiary } from '../fault-diary.js';
import { openFleet } from '../open-fleet.js';
import { makeTrouble, type TroubleOptions, troublesOf } from '../troubles.js';
import { falFaults, telegramFaults } from '../usual-faults.js';
import { openWorld } from '../world.js';
import { type PaymentAudit, paymentBreaches } from './payment-audit.js';
import { paymentFaults } from './payment-faults.js';
import { settled } from './settled.js';
import { type Traded, trade, visitShops } from './trade.js';

export interface PaymentChaosOptions extends TroubleOptions {
  readonly seed: number;
  readonly people: number;
  readonly payments: number;
  /** Worker processes beside the one that runs bot and web server. */
  readonly workers: number;
  /** Over how long the payments are spread. */
  readonly seconds: number;
  /** Milliseconds that people wait for the bot before they pay. */
  readonly patience: number;
  readonly webhooks: boolean;
  /** More settings of the processes. */
  readonly settings: NodeJS.ProcessEnv;
  /** After the last payment everything must be in the books within this. */
  readonly settleSeconds: number;
  readonly say?: (line: string) => void;
}

export interface PaymentChaosReport {
  readonly audit: PaymentAudit;
  readonly traded: Traded;
  readonly crashes: number;
  /** People who owe: the bank took back what they had spent. */
  readonly owing: number;
  /** From the last payment and the last fault until nothing was amiss, in seconds. */
  readonly settledAfter: number;
  /** What must never happen, and did; empty is what we want. */
  readonly breaches: readonly string[];
}

/** More than most buy at once, so that what they have is often spent when it goes back. */
const priceOfPicture = '400';

/** Thousands of payments under faults and kills; then the books of the local Telegram and the program's are compared. */
export async function runPaymentChaos(options: PaymentChaosOptions): Promise<PaymentChaosReport> {
  const { seed, people, workers, webhooks, seconds, say = () => undefined } = options;
  const diary = new FaultDiary();
  const world = await openWorld({
    ...{ seed, people, credits: 0, imageMilliseconds: 200, preparedPictures: true },
    falFaults: falFaults(webhooks),
  });
  telegramFaults(world);
  paymentFaults(world);
  const settings = { PRICE_IMAGE: priceOfPicture, ...options.settings };
  const fleet = openFleet(world, { workers, webhooks, settings });
  try {
    await Promise.all(fleet.names.map((name) => fleet.start(name)));
    say(`${fleet.names.length} processes run, seed ${seed}`);
    const shops = await visitShops(world);
    say('everybody has seen what is sold');
    const [traded] = await Promise.all([
      trade(world, shops, options),
      makeTrouble(troublesOf(world, fleet, options), { seconds, diary, say, random: seeded(seed + 1) }),
    ]);
    say('the last payment was made, and all were asked for that are wanted back');
    const from = Math.max(traded.paidAt, diary.lastEnd());
    const { audit, open } = await settled(world, traded, from + options.settleSeconds * 1000);
    const settledAfter = Math.round((Date.now() - from) / 1000);
    say(open === '' ? 'everything has settled' : `not everything has settled: ${open}`);
    const { rows } = await world.pool.query<{ owing: string; holding: string }>(`
      select count(*) filter (where balance < 0) as owing, count(*) filter (where held <> 0) as holding
      from accounts`);
    const holding = Number(rows[0]?.holding);
    return {
      ...{ audit, traded, settledAfter, crashes: fleet.crashes, owing: Number(rows[0]?.owing) },
      breaches: [
        ...(open === '' ? [] : [`not settled in time: ${open}`]),
        ...(holding === 0 ? [] : [`${holding} accounts with holds left`]),
        ...paymentBreaches(audit),
        ...(await world.database.stores.ledger.breaches()),
      ],
    };
  } finally {
    await fleet.stop();
    say('all processes have stopped');
    await world.close();
  }
}
