import { setTimeout as sleep } from 'node:timers/promises';
import { s3Environment } from '../../s3/s3-environment.js';
import { startS3 } from '../../s3/s3-server.js';
import { type Audit, audit } from '../audit.js';
import { FaultDiary } from '../fault-diary.js';
import { openAfter, some } from '../open-work.js';
import { startAgain } from '../troubles.js';
import { openWorld, type World } from '../world.js';
import { type Hosts, openHosts } from './hosts.js';
import { figuresOf, type Phase, type PhaseFigures } from './phases.js';

export interface ScaleOptions {
  readonly seed: number;
  readonly people: number;
  readonly generations: number;
  readonly seconds: number;
  readonly partitionSeconds: number;
  readonly settleSeconds: number;
  /** The folder of an older release that was built: the hosts run that first, and this checkout after the upgrade. */
  readonly release?: string | null;
  readonly say?: (line: string) => void;
}

export interface ScaleReport extends Audit {
  readonly open: string;
  readonly settledAfter: number;
  /** How each host ended that was told to, with its upgrade; 0 is as it should be. */
  readonly endings: Readonly<Record<string, number | string | null>>;
  readonly phases: readonly PhaseFigures[];
  /** What must never be; empty is what we want. */
  readonly breaches: readonly string[];
}

/** So many pictures a process may have in Telegram's hands: they may come twice when it is lost. */
const sendsAtOnce = 8;
/** In which part of the time what happens: a host is lost, another cannot reach the database, all get a new release. */
const [lossAt, partitionAt, replacedAt, upgradeAt] = [0.15, 0.35, 0.5, 0.65];

/**
 * An installation of seven machines under load: one of them is lost for good, one is cut off from the database, and all get
 * a new release one after the other. Then the chats, fal and the books are compared.
 */
export async function runScale(options: ScaleOptions): Promise<ScaleReport> {
  const { seed, people, generations, settleSeconds, say = () => undefined } = options;
  const diary = new FaultDiary();
  const world = await openWorld({
    ...{ seed, people, imageMilliseconds: 500, falFaults: [], preparedPictures: true },
    release: options.release ?? null,
    credits: Math.ceil((generations / people) * 5 * 2),
  });
  const bucket = await startS3();
  const settings = {
    ...{ TELEGRAM_SENDS_AT_ONCE: String(sendsAtOnce), MAX_IN_FLIGHT: '20' },
    ...s3Environment(bucket),
  };
  const hosts = await openHosts(world, { settings, release: options.release ?? null });
  try {
    // The first one makes the tables and its own webhook; the others find both.
    for (const name of hosts.names) await startAgain(hosts.fleet, name, say);
    say(`${hosts.names.length} hosts run, seed ${seed}`);
    for (const { id } of world.people) world.telegram.drive.sendText(id, '/balance');
    const phases: Phase[] = [];
    const [endings] = await Promise.all([
      troubles(hosts, { ...options, diary, phases, say }),
      sendRequests(world, options),
    ]);
    const asked = Date.now();
    const open = await openAfter(world, settleSeconds);
    say(open === '' ? 'everything has settled' : `not everything has settled: ${open}`);
    const found = await audit(world, generations, diary);
    const settledAfter = Math.round((Date.now() - asked) / 1000);
    const report = { ...found, open, settledAfter, endings, phases: await figuresOf(world, phases, asked) };
    return { ...report, breaches: breachesIn(report) };
  } finally {
    await hosts.close();
    await bucket.close();
    await world.close();
  }
}

/** Their messages, evenly over the time. */
async function sendRequests(world: World, { generations, seconds }: ScaleOptions): Promise<void> {
  for (let request = 0; request < generations; request += 1) {
    const { id } = world.people[request % world.people.length] ?? { id: 1 };
    world.telegram.drive.sendText(id, `/generate request ${request} at sea`);
    await sleep((seconds * 1000) / generations);
  }
}

async function troubles(
  hosts: Hosts,
  {
    seconds,
    partitionSeconds,
    diary,
    phases,
    say,
  }: ScaleOptions &
    Record<'diary', FaultDiary> & {
      phases: Phase[];
      say: (line: string) => void;
    },
): Promise<Record<string, number | string | null>> {
  const from = Date.now();
  const at = (part: number) => sleep(Math.max(0, from + part * seconds * 1000 - Date.now()));
  const begins = (name: string) => {
    say(name);
    phases.push({ name, from: Date.now() });
  };
  const endings: Record<string, number | string | null> = {};
  begins('all seven run');
  await at(lossAt);
  begins('worker-1 is lost, with its disk');
  await diary.during('a host is lost', () => hosts.lose('worker-1'));
  await at(partitionAt);
  begins(`worker-2 and http-1 do not reach the database for ${partitionSeconds} s`);
  await diary.during('a partition', async () => {
    for (const name of ['worker-2', 'http-1']) hosts.cut(name);
    await sleep(partitionSeconds * 1000);
    for (const name of ['worker-2', 'http-1']) hosts.mend(name);
  });
  await at(replacedAt);
  begins('another machine is worker-1');
  await hosts.replace('worker-1');
  await at(upgradeAt);
  begins('all get a new release, one after the other');
  for (const name of hosts.names) {
    endings[name] = await hosts.fleet.end(name);
    hosts.fleet.install(name, process.cwd());
    await startAgain(hosts.fleet, name, say);
    say(`${name} has the new release`);
  }
  begins('all have the new release');
  return endings;
}

function breachesIn(report: Omit<ScaleReport, 'breaches'>): string[] {
  const badly = Object.entries(report.endings).filter(([, code]) => code !== 0);
  const must: ReadonlyArray<readonly [boolean, string]> = [
    [report.open === '', `not settled in time: ${report.open}`],
    [report.accepted === report.asked, `${report.asked} asked for, ${report.accepted} accepted`],
    [report.unanswered.length === 0, `without an answer: ${some(report.unanswered)}`],
    [report.lost.length === 0, `lost: ${some(report.lost)}`],
    [report.untold.length === 0, `not told: ${some(report.untold)}`],
    [report.holdsLeft === 0, `${report.holdsLeft} accounts with holds left`],
    [report.negativeBalances === 0, `${report.negativeBalances} negative balances`],
    [report.wronglyCharged === 0, `${report.wronglyCharged} charged for what they did not get`],
    [report.duplicatePurchases <= sendsAtOnce, `${report.duplicatePurchases} bought twice`],
    [report.boughtNeedlessly.length === 0, `bought needlessly: ${some(report.boughtNeedlessly)}`],
    // What the lost host had in Telegram's hands.
    [report.duplicateDeliveries <= sendsAtOnce, `${report.duplicateDeliveries} pictures came twice`],
    [report.ledgerBreaches.length === 0, report.ledgerBreaches.join('; ')],
    [badly.length === 0, `did not end as they were told: ${badly.join('; ')}`],
  ];
  return must.filter(([holds]) => !holds).map(([, breach]) => breach);
}
