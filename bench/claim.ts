import { type Rows, rounded } from './figures.js';
import { openStage, quantile, type Stage } from './stage.js';

/** How long taking the next job from the line takes, in an almost empty database and in a full one. */
export async function measureClaim(finished: number, waiting: number): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 0, people: 100 });
  try {
    await fill(stage, 100, 'accepted');
    const before = await claims(stage);
    await fill(stage, finished, 'delivered');
    await fill(stage, waiting, 'accepted');
    await stage.pool.query('vacuum analyze generations');
    const after = await claims(stage);
    const [empty, full] = [quantile(before, 0.5), quantile(after, 0.5)];
    return [
      { what: 'claim with 100 waiting, ms', p50: rounded(empty, 2), p95: rounded(quantile(before, 0.95), 2) },
      {
        what: `claim with ${waiting} waiting and ${finished} finished, ms`,
        p50: rounded(full, 2),
        p95: rounded(quantile(after, 0.95), 2),
      },
      { what: 'full / empty', p50: rounded(full / empty, 2) },
    ];
  } finally {
    await stage.close();
  }
}

export async function claims({ database }: Stage): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 200; round += 1) {
    const from = performance.now();
    await database.transaction(async ({ generations }) => {
      await generations.lockNext({ total: 40, perUser: 4, now: new Date() });
    });
    times.push(performance.now() - from);
  }
  return times;
}

export async function fill({ pool }: Stage, count: number, status: 'accepted' | 'delivered'): Promise<void> {
  await pool.query(
    `insert into generations (id, owner, prompt, overrides, endpoint, "order", price, origin, created_at, submits, doubts,
       run, rerolls, status, ticket, submitted_at, collected_at, delivered_at, image_count, flagged, turn, check_after)
     select gen_random_uuid(), (1 + n % 100)::text, 'in medieval armor', '{}', 'fal-ai/flux-lora',
       '{"endpoint":"fal-ai/flux-lora","count":1}', 0, '{"transport":"telegram","address":{}}',
       now() - n * interval '1 s', 0, 0, 0, 0, $2,
       case when $2 = 'delivered' then 'ticket ' || n end, case when $2 = 'delivered' then now() end,
       case when $2 = 'delivered' then now() end, case when $2 = 'delivered' then now() end,
       case when $2 = 'delivered' then 1 end, case when $2 = 'delivered' then 0 end, n / 100, now()
     from generate_series(1, $1::int) as n`,
    [count, status],
  );
}
