import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../../../src/sandbox/telegram/bot-api/faults.js';
import type { PaymentOutcome, Telling } from '../../../../src/sandbox/telegram/driver/paying.js';
import type { World } from '../world.js';
import type { Deeds, WayBack } from './payment-audit.js';
import { waysBack } from './ways-back.js';

export interface TradeOptions {
  readonly seed: number;
  readonly payments: number;
  /** Over how long they are spread. */
  readonly seconds: number;
  /** Milliseconds that people wait for the bot's answer before they pay. */
  readonly patience: number;
}

export interface Traded extends Deeds {
  /** Checkouts that did not end in a payment, by what was said. */
  readonly refused: Readonly<Record<string, number>>;
  /** How often Telegram told of a payment. */
  readonly tellings: Readonly<Record<Telling, number>>;
  /** How many were wanted back, by whom. */
  readonly wanted: Readonly<Record<WayBack, number>>;
  /** When the last payment was made, in milliseconds since 1970; some of them may be on their way back. */
  readonly paidAt: number;
}

/** Of a hundred payments, how many are lost, doubled and go back. */
const tellingChances: ReadonlyArray<readonly [number, Telling]> = [
  [5, 'never'],
  [5, 'twice'],
  [90, 'once'],
];
const backChances: ReadonlyArray<readonly [number, readonly WayBack[]]> = [
  [1, ['bank']],
  [4, ['owner']],
  [3, ['operator']],
  [2, ['outside']],
  // At the same time.
  [0.5, ['owner', 'operator']],
  [0.5, ['operator', 'outside']],
  [0.5, ['owner', 'bank']],
  [88.5, []],
];
/** How many people pay at the same time. */
const atOnce = 24;
/** How many of those who pay ask for a picture first, pay by somebody else's invoice, and pay for a month. */
const spends = 0.15;
const borrows = 0.2;
const subscribes = 0.05;
/** How often whoever has a month pays for the next one instead of what they want. */
const renews = 0.3;

/** What is sold to one person: addresses that open invoices, which may be used by anybody and any number of times. */
export interface Shop {
  readonly packs: readonly string[];
  readonly month: string | undefined;
}

/** People buy, spend and want their money back, until so many payments are made. The seed says who does what. */
export async function trade(world: World, shops: readonly Shop[], options: TradeOptions): Promise<Traded> {
  const { people, telegram } = world;
  const { seed, payments, seconds, patience } = options;
  const { drive } = telegram;
  const ways = waysBack(world);
  const told = new Set<string>();
  const wantedBack = new Map<string, ReadonlySet<WayBack>>();
  const refused: Record<string, number> = {};
  const tellings = { never: 0, once: 0, twice: 0 };
  const wanted = { owner: 0, operator: 0, outside: 0, bank: 0 };
  /** First payments of months, by person. */
  const months = new Map<number, string>();
  const goingBack: Promise<void>[] = [];

  const pay = async (person: number, telling: Telling, random: () => number): Promise<PaymentOutcome> => {
    const month = months.get(person);
    if (month !== undefined && random() < renews) {
      const renewed = drive.stars.passMonth(month, { told: telling });
      // It was cancelled when a month of it went back, and is over.
      if (!renewed.paid) months.delete(person);
      return renewed;
    }
    const shop = shops[random() < borrows ? Math.floor(random() * shops.length) : person - 1];
    const begins = month === undefined && random() < subscribes ? shop?.month : undefined;
    // Mostly the small ones, which are soon spent.
    const link = begins ?? shop?.packs[Math.floor(random() ** 3 * shop.packs.length)] ?? '';
    const outcome = await drive.payInvoice(person, link, { told: telling, timeout: patience });
    if (begins !== undefined && outcome.paid) months.set(person, outcome.chargeId);
    return outcome;
  };
  const makePayment = async (number: number): Promise<void> => {
    const random = seeded(seed * 1_000_003 + number);
    const person = 1 + Math.floor(random() * people.length);
    if (random() < spends) drive.sendText(person, `/generate payment ${number} on the moon`);
    const telling = chosen(tellingChances, random());
    const back = chosen(backChances, random());
    let outcome = await pay(person, telling, random);
    while (!outcome.paid) {
      refused[outcome.reason] = (refused[outcome.reason] ?? 0) + 1;
      await sleep(300);
      outcome = await pay(person, telling, random);
    }
    const { chargeId } = outcome;
    tellings[telling] += 1;
    if (telling !== 'never') told.add(chargeId);
    // Nobody taps under a receipt that does not come.
    const by = back.filter((way) => way !== 'owner' || telling !== 'never');
    wantedBack.set(chargeId, new Set(by));
    for (const way of by) {
      wanted[way] += 1;
      goingBack.push(ways[way](person, chargeId));
    }
  };

  const from = Date.now();
  let next = 0;
  const payers = Array.from({ length: atOnce }, async () => {
    while (next < payments) {
      const number = next++;
      await sleep(Math.max(0, from + (number * seconds * 1000) / payments - Date.now()));
      await makePayment(number);
    }
  });
  await Promise.all(payers);
  const paidAt = Date.now();
  await Promise.all(goingBack);
  return { told, wantedBack, refused, tellings, wanted, paidAt };
}

function chosen<Choice>(choices: ReadonlyArray<readonly [number, Choice]>, dice: number): Choice {
  let upTo = 0;
  for (const [chance, choice] of choices) {
    upTo += chance / 100;
    if (dice < upTo) return choice;
  }
  throw new Error('the chances come to less than a hundred');
}

/** Everybody looks at what is sold. */
export const visitShops = (world: World): Promise<Shop[]> =>
  Promise.all(world.people.map(({ id }) => visit(world, id)));

async function visit({ telegram: { drive } }: World, person: number): Promise<Shop> {
  drive.sendText(person, '/buy');
  const screen = await drive.waitForMessage(
    person,
    ({ buttons }) => buttons.flat().some(({ url }) => url?.includes('t.me/$') ?? false),
    { timeout: 120_000 },
  );
  const links = screen.buttons.flat().flatMap(({ url }) => (url?.includes('t.me/$') ? [url] : []));
  const isMonthly = (link: string) => drive.stars.invoiceBehind(link).isMonthly;
  return { packs: links.filter((link) => !isMonthly(link)), month: links.find(isMonthly) };
}
