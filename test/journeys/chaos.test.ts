import { expect, it, onTestFailed } from 'vitest';
import { runChaos } from '../support/chaos/chaos.js';

/** The short form of `npm run chaos`: without webhooks, because a doubtful submit would wait minutes for its own. */
it('loses nothing and charges nobody wrongly while processes are killed and the database crashes', {
  timeout: 480_000,
}, async () => {
  const course: string[] = [];
  onTestFailed(() => void process.stderr.write(`${course.join('\n')}\n`));
  const report = await runChaos({
    seed: 4,
    people: 8,
    generations: 30,
    workers: 1,
    seconds: 8,
    kills: 2,
    databaseCrashes: 1,
    pauses: 1,
    pauseSeconds: 4,
    broadcasts: 2,
    webhooks: false,
    settleSeconds: 120,
    say: (line) => course.push(`${new Date().toISOString()} ${line}`),
  });
  expect(report.breaches).toEqual([]);
  expect(report.accepted).toBeGreaterThan(10);
  expect(report.crashes).toBe(2);
  expect(report.news).toMatchObject({ broadcasts: 2 });
  expect(report.news.copies).toBeGreaterThan(8);
});
