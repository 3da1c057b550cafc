import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../../src/sandbox/telegram/bot-api/faults.js';
import { demoGroupId } from '../../../src/sandbox/telegram/state/world.js';
import { audit, oddlyFlagged } from './audit.js';
import { auditBroadcasts } from './broadcasts/broadcast-audit.js';
import { spreadNews, writeNews } from './broadcasts/news.js';
import { readSpread } from './broadcasts/read-spread.js';
import { breachesIn, type ChaosReport } from './chaos-report.js';
import { FaultDiary } from './fault-diary.js';
import { openFleet } from './open-fleet.js';
import { openAfter } from './open-work.js';
import { paymentFaults } from './payments/payment-faults.js';
import { settled } from './payments/settled.js';
import { trade, visitShops } from './payments/trade.js';
import { train } from './trainees.js';
import { makeTrouble, type TroubleOptions, troublesOf } from './troubles.js';
import { falFaults, telegramFaults } from './usual-faults.js';
import { openWorld, type World } from './world.js';
import { bringWorldFaults } from './world-faults.js';

export interface ChaosOptions extends TroubleOptions {
  readonly seed: number;
  readonly people: number;
  readonly generations: number;
  /** Worker processes beside the one that runs bot and web server. */
  readonly workers: number;
  /** Over how long the requests are spread. */
  readonly seconds: number;
  /** fal calls us; else we ask. */
  readonly webhooks: boolean;
  /** People who ask for a training each; at most all of them. */
  readonly trainings?: number;
  /** What people pay, and want back, meanwhile. */
  readonly payments?: number;
  /** How often an operator writes to everybody meanwhile. */
  readonly broadcasts?: number;
  /** What else the world does; `hold` scales for how long. `null`: nothing. */
  readonly worldFaults?: { readonly hold: number } | null;
  /** After the last request everything must have settled within this. */
  readonly settleSeconds: number;
  readonly say?: (line: string) => void;
}

const prompts = [
  'in medieval armor',
  'on the moon',
  'in a red coat',
  'as a sailor, golden hour',
  'under cherry trees',
];
/** Words to which the local fal answers with a refusal or a blacked-out picture. */
const unlucky = ['nsfw-test', 'content-policy-test', 'no-media-test'];

/** As the setting's default. */
const sendsAtOnce = 32;

/** So few that a broadcast to dozens of people goes on for seconds, and meets what goes wrong. */
const slowly = { TELEGRAM_MESSAGES_PER_SECOND: '12' };

/** As long as Telegram waits for the answer to a checkout, in milliseconds. */
const checkoutPatience = 10_000;
/** Both sides' books agree within this. */
const booksSeconds = 300;

/** Hundreds of requests under faults, kills and database crashes; then the books, the chats and fal are compared. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const say = options.say ?? (() => undefined);
  const {
    seed,
    webhooks,
    seconds,
    trainings = 0,
    payments = 0,
    broadcasts = 0,
    worldFaults = null,
  } = options;
  const diary = new FaultDiary();
  const world = await openWorld({
    seed,
    people: options.people,
    credits: Math.ceil((options.generations / options.people) * 5 * 0.9),
    imageMilliseconds: 400,
    falFaults: falFaults(webhooks),
    // Drawing would take the time that the program under test needs.
    preparedPictures: true,
    trainees: trainings,
    ownDisk: worldFaults !== null,
  });
  const lostAnswers = world.fal.faults.add({
    step: 'submit',
    fault: { kind: 'drop', when: 'after' },
    probability: 0.04,
  });
  [['true'], [1]].forEach((flags, index) => {
    const prompt = `${oddlyFlagged}-${index}`;
    world.fal.faults.add({ step: 'job', prompt, fault: { kind: 'odd-flags', flags } });
  });
  telegramFaults(world);
  if (payments > 0) paymentFaults(world);
  const settings = {
    TELEGRAM_SENDS_AT_ONCE: String(sendsAtOnce),
    RECONCILE_SECONDS: '10',
    ...(broadcasts > 0 ? { ADMIN_USER_IDS: String(world.operator), ...slowly } : {}),
  };
  const fleet = openFleet(world, { ...options, settings });
  const chance = (salt: number) => seeded(seed + salt);
  try {
    await Promise.all(fleet.names.map((name) => fleet.start(name)));
    say(`${fleet.names.length} processes run, seed ${seed}`);
    // A bot can tell nothing to somebody who never wrote to it.
    for (const { id } of world.people) world.telegram.drive.sendText(id, '/balance');
    const shops = payments === 0 ? [] : await visitShops(world);
    const news = await writeNews(world, broadcasts);
    const [traded, told] = await Promise.all([
      trade(world, shops, { seed, payments, seconds, patience: checkoutPatience }),
      spreadNews(world, news, seconds),
      makeTrouble(troublesOf(world, fleet, options), {
        ...{ seconds: options.seconds, diary, say },
        random: chance(1),
      }),
      ...(worldFaults === null
        ? []
        : [
            bringWorldFaults(
              { world, fleet, diary, webhooks, say, random: chance(2) },
              { seconds: options.seconds * 0.8, ...worldFaults },
            ),
          ]),
      ...Array.from({ length: trainings }, async (_, index) => {
        await sleep(((options.seconds * 1000) / trainings) * (index + 0.2));
        const answer = await train(world, index + 1);
        if (answer !== 'accepted') throw new Error(`the training of ${index + 1} was refused: ${answer}`);
      }),
      sendRequests(world, options),
    ]);
    say('the last request was made');
    // Whatever happened: now everybody is heard.
    for (const { id } of world.people) world.telegram.drive.sendText(id, '/balance');
    const open = await openAfter(world, options.settleSeconds);
    say(open === '' ? 'everything has settled' : `not everything has settled: ${open}`);
    const settledAfter = Math.round((Date.now() - diary.lastEnd()) / 1000);
    const found = await audit(world, options.generations, diary);
    const spread = auditBroadcasts(await readSpread({ world, fleet, diary }, told));
    // What holds up the jobs holds up the books: the breach is known, and nobody waits for more.
    const patience = open === '' ? booksSeconds : 0;
    const money = await settled(world, traded, Date.now() + patience * 1000);
    const ambiguousSubmits = lostAnswers.hits + fleet.crashes + options.pauses;
    const ambiguousSends = world.telegram.calls
      .of()
      .filter(({ method }) => method !== 'copyMessage')
      .filter(({ answer }) => !answer.ok && 'dropped' in answer && answer.dropped === 'after').length;
    const { crashes } = fleet;
    const { databaseCrashes, pauses } = options;
    const inTelegramsHands = (crashes + databaseCrashes + pauses) * sendsAtOnce;
    const counted = { crashes, databaseCrashes, pauses, ambiguousSubmits, ambiguousSends, inTelegramsHands };
    const report = { ...found, ...counted, open, settledAfter, money: money.audit, news: spread };
    return { ...report, breaches: breachesIn(report) };
  } finally {
    await fleet.stop();
    say('all processes have stopped');
    await world.close();
  }
}

/** Requests of people, spread over the run; with the world's faults some in a group, and some with odd answers. */
async function sendRequests(
  world: World,
  { seed, generations, seconds, worldFaults }: ChaosOptions,
): Promise<void> {
  const random = seeded(seed);
  const isWide = worldFaults != null;
  const words = isWide ? [...unlucky, `${oddlyFlagged}-0`, `${oddlyFlagged}-1`] : unlucky;
  for (let request = 0; request < generations; request += 1) {
    const person = 1 + Math.floor(random() * world.people.length);
    const bad = random() < (isWide ? 0.1 : 0.06) ? ` ${words[Math.floor(random() * words.length)]}` : '';
    const text = `request ${request} ${prompts[request % prompts.length]}${bad}`;
    if (isWide && random() < 0.15)
      world.telegram.drive.sendText(person, `/generate@sandbox_bot ${text}`, { chatId: demoGroupId });
    else world.telegram.drive.sendText(person, `/generate ${text}`);
    await sleep((seconds * 1000) / generations);
  }
}
