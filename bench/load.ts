import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.js';
import { type Rows, rounded } from './figures.js';
import { openStage, peakMegabytes, quantile, type Stage, startProgram, stopProgram } from './stage.js';
import type { StandInReport } from './stand-ins.js';

const people = 200;
/** How many people pay meanwhile, a second. */
const checkoutsASecond = 2;
/** The first seconds of a process are those of its compiler. */
const warmUp = { people, rate: 10, seconds: 15 };

/** `rate` requests a second by many people for `seconds`, from the chat to the chat, everything durable; some pay. */
export async function measureLoad(rate: number, seconds: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 500, people });
  try {
    const program = await startProgram({ ...stage.environment, ...stage.webhooks });
    const asked = rate * seconds;
    const first = warmUp.rate * warmUp.seconds;
    await ask(stage, warmUp);
    await arrived(stage, first);
    const from = Date.now();
    const paying = stage.pay(people, checkoutsASecond, seconds);
    await ask(stage, { people, rate, seconds, first });
    const checkouts = await paying;
    await arrived(stage, first + asked);
    const report = await stage.report();
    const peak = await peakMegabytes(program);
    await stopProgram(program);
    const sent = report.telegram.filter(({ name, at }) => name === 'sendPhoto' && at >= from);
    const inTime = sent.filter(({ at }) => at < from + seconds * 1000).length;
    const waits = firstAnswers(report, from);
    return [
      {
        what: `${rate}/s for ${seconds} s: delivered meanwhile, a second`,
        p50: rounded(inTime / seconds, 1),
        n: inTime,
      },
      { what: 'not delivered a minute later', p50: asked - sent.length, n: asked },
      {
        what: 'request to first answer, ms',
        p50: Math.round(quantile(waits, 0.5)),
        p95: Math.round(quantile(waits, 0.95)),
        n: waits.length,
      },
      {
        what: `checkout to its answer meanwhile, ${checkoutsASecond} a second, ms`,
        p50: Math.round(quantile(checkouts.waits, 0.5)),
        p95: Math.round(quantile(checkouts.waits, 0.95)),
        n: checkouts.waits.length,
      },
      { what: 'checkouts that could not be paid', p50: checkouts.unpaid, n: checkouts.waits.length },
      { what: 'accepted to delivered, ms (500 of them fal’s)', ...(await deliveryTimes(stage, from)) },
      { what: 'peak memory, MB', p50: Math.round(peak) },
    ];
  } finally {
    await stage.close();
  }
}

/** Waits for them, for a minute at the most. */
async function arrived(stage: Stage, asked: number): Promise<void> {
  for (let look = 0; look < 120 && (await stage.photos()) < asked; look += 1) await sleep(500);
}

/** Milliseconds from each request to the bot's first call about it. */
function firstAnswers({ requests, answers }: StandInReport, from: number): number[] {
  const first = new Map<string, number>();
  for (const { person, message, at } of answers) {
    const key = `${person}:${message}`;
    if (!first.has(key)) first.set(key, at);
  }
  return requests
    .filter(({ at }) => at >= from)
    .map(({ person, message, at }) => (first.get(`${person}:${message}`) ?? Number.NaN) - at)
    .filter((milliseconds) => !Number.isNaN(milliseconds));
}

async function deliveryTimes({ pool }: Stage, from: number) {
  const { rows } = await pool.query<{ whole: string }>(
    `select extract(epoch from delivered_at - created_at) * 1000 as whole from generations
     where delivered_at is not null and created_at >= $1`,
    [new Date(from)],
  );
  const times = rows.map(({ whole }) => Number(whole));
  return { p50: Math.round(quantile(times, 0.5)), p95: Math.round(quantile(times, 0.95)), n: times.length };
}
