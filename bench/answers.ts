import { setTimeout as sleep } from 'node:timers/promises';
import type { Rows } from './figures.js';
import { openStage, quantile, startProgram, stopProgram } from './stage.js';

const people = 200;

/** How soon the bot answers: fifty people at once while images are in flight, and a burst of a thousand updates. */
export async function measureAnswers(): Promise<Rows> {
  const stage = await openStage({ imageMilliseconds: 60_000, people });
  try {
    const program = await startProgram(stage.environment);
    for (let person = 1; person <= people; person += 1) stage.say(person, '/start');
    await stage.burst(people, 1);
    for (let person = 101; person <= 140; person += 1) stage.say(person, '/generate at sea');
    await sleep(5000);
    const answered = await stage.chatter(50, 20);
    const burst = await stage.burst(people, 5);
    await stopProgram(program);
    return [
      {
        what: '50 people, one message or tap a second each, 40 images in flight: to the first call, ms',
        p50: Math.round(quantile(answered, 0.5)),
        p95: Math.round(quantile(answered, 0.95)),
        n: answered.length,
      },
      {
        what: '1,000 updates in one moment: the last one answered after, ms',
        p50: Math.round(Math.max(...burst)),
        n: 1000,
      },
    ];
  } finally {
    await stage.close();
  }
}
