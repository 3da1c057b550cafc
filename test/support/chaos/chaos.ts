import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from '../../../src/adapters/sandbox/fal/faults/fault-rule.js';
import { seeded } from '../../../src/adapters/sandbox/telegram/bot-api/faults.js';
import { type Audit, audit } from './audit.js';
import { Fleet } from './fleet.js';
import { makeTrouble, troublesOf } from './troubles.js';
import { openWorld, type World } from './world.js';

export interface ChaosOptions {
  readonly seed: number;
  readonly people: number;
  readonly generations: number;
  /** Worker processes beside the one that runs bot and web server. */
  readonly workers: number;
  /** Over how long the wishes are spread. */
  readonly seconds: number;
  readonly kills: number;
  readonly databaseCrashes: number;
  /** How often a worker is stopped (SIGSTOP), and for how many seconds: after a minute it is taken for dead. */
  readonly pauses: number;
  readonly pauseSeconds: number;
  /** fal calls us; else we ask. */
  readonly webhooks: boolean;
  /** After the last wish everything must have settled within this. */
  readonly settleSeconds: number;
  readonly say?: (line: string) => void;
}

export interface ChaosReport extends Audit {
  readonly crashes: number;
  readonly databaseCrashes: number;
  readonly pauses: number;
  /** Submits whose answer was lost, by a cut connection or with their process. */
  readonly ambiguousSubmits: number;
  /** Messages whose answer was lost the same way. */
  readonly ambiguousSends: number;
  readonly settledInTime: boolean;
  /** What must never happen, and did; empty is what we want. */
  readonly breaches: readonly string[];
}

const wishes = [
  'in medieval armor',
  'on the moon',
  'in a red coat',
  'as a sailor, golden hour',
  'under cherry trees',
];
/** Words to which the local fal answers with a refusal or a blacked-out picture. */
const unlucky = ['nsfw-test', 'content-policy-test', 'no-media-test'];

/** Hundreds of wishes under faults, kills and database crashes; then the books, the chats and fal are compared. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const say = options.say ?? (() => undefined);
  const random = seeded(options.seed);
  const world = await openWorld({
    seed: options.seed,
    people: options.people,
    credits: Math.ceil((options.generations / options.people) * 5 * 0.9),
    imageMilliseconds: 400,
    falFaults: falFaults(options.webhooks),
    // Drawing would take the time that the program under test needs.
    preparedPictures: true,
  });
  const dropsAfterSubmit = world.fal.faults.add({
    step: 'submit',
    fault: { kind: 'drop', when: 'after' },
    probability: 0.04,
  });
  telegramFaults(world);
  const fleet = fleetOf(world, options);
  try {
    await Promise.all(fleet.names.map((name) => fleet.start(name)));
    say(`${fleet.names.length} processes run, seed ${options.seed}`);
    const trouble = makeTrouble(troublesOf(world, fleet, options), {
      seconds: options.seconds,
      random: seeded(options.seed + 1),
      say,
    });
    for (let wish = 0; wish < options.generations; wish += 1) {
      ask(world, wish, random);
      await sleep((options.seconds * 1000) / options.generations);
    }
    await trouble;
    say('the last wish was made');
    const settledInTime = await settled(world, options.settleSeconds);
    say(settledInTime ? 'everything has settled' : `not everything has settled: ${await stillOpen(world)}`);
    const found = await audit(world, options.generations);
    const ambiguousSubmits = dropsAfterSubmit.hits + fleet.crashes + options.pauses;
    const ambiguousSends = world.telegram.calls
      .of()
      .filter(({ answer }) => !answer.ok && 'dropped' in answer && answer.dropped === 'after').length;
    const report = {
      ...found,
      crashes: fleet.crashes,
      databaseCrashes: options.databaseCrashes,
      pauses: options.pauses,
      ambiguousSubmits,
      ambiguousSends,
      settledInTime,
    };
    return { ...report, breaches: breachesIn(report) };
  } finally {
    await fleet.stop();
    say('all processes have stopped');
    await world.close();
  }
}

function breachesIn(report: Omit<ChaosReport, 'breaches'>): string[] {
  const must: ReadonlyArray<readonly [boolean, string]> = [
    [report.settledInTime, 'not everything settled in time'],
    [report.accepted > 0, 'nothing was accepted'],
    [report.unanswered.length === 0, `without an answer: ${report.unanswered.join('; ')}`],
    [report.lost === 0, `${report.lost} generations lost`],
    [report.untold.length === 0, `not told: ${report.untold.join('; ')}`],
    [report.holdsLeft === 0, `${report.holdsLeft} accounts with holds left`],
    [report.negativeBalances === 0, `${report.negativeBalances} negative balances`],
    [report.wronglyCharged === 0, `${report.wronglyCharged} charged for what they did not get`],
    [
      report.duplicatePurchases <= report.ambiguousSubmits,
      `${report.duplicatePurchases} duplicate purchases for ${report.ambiguousSubmits} ambiguous submits`,
    ],
    [
      report.duplicateDeliveries <=
        report.crashes + report.databaseCrashes + report.pauses + report.ambiguousSends,
      `${report.duplicateDeliveries} duplicate deliveries`,
    ],
    [report.ledgerBreaches.length === 0, report.ledgerBreaches.join('; ')],
  ];
  return must.filter(([holds]) => !holds).map(([, breach]) => breach);
}

function ask(world: World, wish: number, random: () => number): void {
  const person = 1 + Math.floor(random() * world.people.length);
  const bad = random() < 0.06 ? ` ${unlucky[Math.floor(random() * unlucky.length)]}` : '';
  world.telegram.drive.sendText(person, `/generate wish ${wish} ${wishes[wish % wishes.length]}${bad}`);
}

async function settled(world: World, seconds: number): Promise<boolean> {
  const until = Date.now() + seconds * 1000;
  let calm = 0;
  while (Date.now() < until) {
    const open = await openJobs(world);
    // Quiet for a while: updates that nobody had in hand are taken up after some seconds.
    calm = open === 0 ? calm + 1 : 0;
    if (calm >= 14) return true;
    await sleep(500);
  }
  return false;
}

/** Of what is kept in that table: messages and taps that wait, and none of its notes about them. */
const isUpdate = `not done and source like 'telegram:%' and source not like 'telegram:%:%'`;

/** Jobs that have not ended or whose people were not told, and updates at hand; `null` while the database recovers. */
async function openJobs({ pool }: World): Promise<number | null> {
  try {
    const { rows } = await pool.query<{ open: string }>(`
      select (select count(*) from seen_updates where ${isUpdate})
        + (select count(*) from generations where status in ('accepted', 'submitting', 'submitted', 'collected')
          or (status <> 'delivered' and announced_at is null)) as open`);
    return Number(rows[0]?.open);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** What the run waits for in vain, for whoever looks into it. */
async function stillOpen({ pool }: World): Promise<string> {
  const { rows } = await pool.query<{ open: unknown }>(`
    select to_jsonb(open) as open from (
      select source || ' ' || update_id as what, claimed_at, claimed_by, tries from seen_updates where ${isUpdate}
      union all
      select id || ' ' || status, lease_until, lease_owner, tries from generations
      where status in ('accepted', 'submitting', 'submitted', 'collected')
        or (status <> 'delivered' and announced_at is null)
      limit 10) as open`);
  return rows.map(({ open }) => JSON.stringify(open)).join('; ');
}

function fleetOf(world: World, { workers, webhooks }: ChaosOptions): Fleet {
  const publicUrl = webhooks ? { PUBLIC_URL: `http://127.0.0.1:${world.httpPort}` } : {};
  const members: Record<string, NodeJS.ProcessEnv> = {
    front: { ...world.environment, ...publicUrl, ROLES: 'bot,http,worker' },
  };
  for (let worker = 1; worker <= workers; worker += 1)
    members[`worker-${worker}`] = { ...world.environment, ...publicUrl, ROLES: 'worker' };
  return new Fleet(members, process.env.CHAOS_LOG ?? join(world.folder, 'fleet.log'));
}

function falFaults(webhooks: boolean): FaultRule[] {
  const sometimes = { probability: 0.04 };
  return [
    { step: 'submit', fault: { kind: 'answer', status: 503 }, ...sometimes },
    { step: 'submit', fault: { kind: 'answer', status: 429, headers: { 'retry-after': '1' } }, ...sometimes },
    { step: 'submit', fault: { kind: 'drop', when: 'before' }, ...sometimes },
    { step: 'status', fault: { kind: 'answer', status: 503 }, probability: 0.1 },
    { step: 'status', fault: { kind: 'drop' }, ...sometimes },
    { step: 'stream', fault: { kind: 'cut', afterEvents: 1 }, ...sometimes },
    { step: 'result', fault: { kind: 'answer', status: 502 }, ...sometimes },
    { step: 'file', fault: { kind: 'truncate' }, ...sometimes },
    { step: 'file', fault: { kind: 'answer', status: 503 }, ...sometimes },
    { step: 'file', fault: { kind: 'wrong-type' }, probability: 0.02 },
    { step: 'job', fault: { kind: 'fail', status: 422, type: 'no_media_generated' }, probability: 0.02 },
    ...(webhooks
      ? ([
          { step: 'webhook', fault: { kind: 'missing' }, ...sometimes },
          { step: 'webhook', fault: { kind: 'duplicate', copies: 2 }, probability: 0.1 },
          { step: 'webhook', fault: { kind: 'late', milliseconds: 3000 }, ...sometimes },
          { step: 'webhook', fault: { kind: 'forged' }, ...sometimes },
          { step: 'webhook', fault: { kind: 'tampered' }, ...sometimes },
          { step: 'webhook', fault: { kind: 'foreign' }, ...sometimes },
        ] as const)
      : []),
  ];
}

function telegramFaults({ telegram }: World): void {
  telegram.faults.add({ fault: { kind: 'flood', retryAfter: 1 }, probability: 0.02 });
  telegram.faults.add({ fault: { kind: 'bad_gateway' }, probability: 0.03 });
  telegram.faults.add({ method: 'sendPhoto', fault: { kind: 'drop_after' }, probability: 0.02 });
  telegram.faults.add({ method: 'sendPhoto', fault: { kind: 'drop_before' }, probability: 0.02 });
}
