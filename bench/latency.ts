import { setTimeout as sleep } from 'node:timers/promises';
import { type Rows, rounded } from './figures.js';
import { runNaive } from './naive.js';
import { openStage, quantile, type Stage, startProgram, stopProgram } from './stage.js';

/** They take turns, or one chat's limit of a message a second would be what is measured. */
const people = 30;

/** What the program adds to fal's own time, one request after another, beside the naive script in the same run. */
export async function measureLatency(requests: number, imageMilliseconds: number): Promise<Rows> {
  const rows: Rows = [];
  const stage = await openStage({ imageMilliseconds, people });
  try {
    // A bot may only write to people who wrote first.
    stage.say(1, '/start');
    const naive = await runNaive({
      queueUrl: stage.queueUrl,
      falKey: stage.falKey,
      telegram: {
        url: stage.environment.TELEGRAM_API_URL ?? '',
        token: stage.environment.TELEGRAM_BOT_TOKEN ?? '',
      },
      folder: stage.folder,
      requests: Math.min(requests, 20),
    });
    const { submits } = await stage.report();
    const bySeed = new Map(submits.map(({ seed, at }) => [seed, at]));
    // fal is done so long after it took the job.
    const doneAt = (seed: number) => (bySeed.get(seed) ?? Number.NaN) + imageMilliseconds;
    const naiveStored = naive.map(({ seed, stored }) => stored - doneAt(seed));
    const naiveSubmit = naive.map(({ seed, requested }) => (bySeed.get(seed) ?? Number.NaN) - requested);
    rows.push(row('naive: request to submit', naiveSubmit), row('naive: completion to stored', naiveStored));
    rows.push(...(await measureProgram(stage, requests, imageMilliseconds, 'status stream', {})));
    rows.push(...(await measureProgram(stage, requests, imageMilliseconds, 'webhooks', stage.webhooks)));
    const ours = Number(rows.find(({ what }) => what === 'status stream: completion to stored')?.p50);
    rows.push({
      what: 'naive / ours, completion to stored',
      p50: rounded(quantile(naiveStored, 0.5) / ours, 1),
    });
  } finally {
    await stage.close();
  }
  return rows;
}

async function measureProgram(
  stage: Stage,
  requests: number,
  imageMilliseconds: number,
  name: string,
  settings: NodeJS.ProcessEnv,
): Promise<Rows> {
  const program = await startProgram({ ...stage.environment, ...settings });
  const since = new Date();
  for (let request = 0; request < requests; request += 1) {
    const person = 1 + (request % people);
    stage.say(person, `/generate ${requestOf(name, request)}`);
    await delivered(stage, name, person, request);
  }
  const { rows } = await stage.pool.query<{
    seed: string;
    created_at: Date;
    collected_at: Date;
    message: string;
  }>(
    `select seed, created_at, collected_at, origin -> 'address' ->> 'message' as message
     from generations where created_at >= $1`,
    [since],
  );
  const { submits, answers } = await stage.report();
  await stopProgram(program);
  const bySeed = new Map(submits.map(({ seed, at }) => [seed, at]));
  const photos = new Map(
    answers.filter(({ method }) => method === 'sendPhoto').map(({ message, at }) => [message, at]),
  );
  const timed = rows.map((job) => ({
    submitted: bySeed.get(Number(job.seed)) ?? Number.NaN,
    completed: (bySeed.get(Number(job.seed)) ?? Number.NaN) + imageMilliseconds,
    created: job.created_at.getTime(),
    stored: job.collected_at.getTime(),
    sent: photos.get(Number(job.message)) ?? Number.NaN,
  }));
  return [
    row(
      `${name}: request to submit`,
      timed.map(({ submitted, created }) => submitted - created),
    ),
    row(
      `${name}: completion to stored`,
      timed.map(({ completed, stored }) => stored - completed),
    ),
    row(
      `${name}: completion to handed to Telegram`,
      timed.map(({ completed, sent }) => sent - completed),
    ),
  ];
}

const requestOf = (name: string, request: number) => `request ${request}, told by ${name}, in medieval armor`;

/** Asked seldom, and only about this person's last one: the question itself costs time of the machine. */
async function delivered(stage: Stage, name: string, person: number, request: number): Promise<void> {
  for (let look = 0; look < 1500; look += 1) {
    const { rows } = await stage.pool.query<{ prompt: string; status: string }>(
      'select prompt, status from generations where owner = $1 order by created_at desc, id desc limit 1',
      [String(person)],
    );
    if (rows[0]?.status === 'delivered' && rows[0].prompt === requestOf(name, request)) return;
    await sleep(20);
  }
  throw new Error('a picture did not arrive within 30 s');
}

const row = (what: string, milliseconds: readonly number[]) => ({
  what,
  p50: Math.round(quantile(milliseconds, 0.5)),
  p95: Math.round(quantile(milliseconds, 0.95)),
  n: milliseconds.length,
});
