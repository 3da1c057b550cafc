import { expect, onTestFinished, test } from 'vitest';
import { JobRunner } from '../../../src/adapters/queue/job-runner.js';
import type { Job } from '../../../src/application/ports/stores/jobs/job-queue.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { handlersOf } from '../queue/handlers.js';
import { aBot, aPainter, type BotWorld } from './a-bot.js';

/** Fewer than the pictures for the chat that hangs. */
const places = 8;

async function asked(bot: BotWorld, person: number, count: number): Promise<void> {
  await aPainter(bot, person);
  for (let picture = 0; picture < count; picture += 1)
    bot.telegram.drive.sendText(person, `a knight ${picture}`);
}

test('many pictures for a chat that hangs leave places in the queue’s runner to the others', async () => {
  const bot = await aBot({ openPerUser: 50, inFlightPerUser: 50, inFlightTotal: 50 });
  const { drive, faults } = bot.telegram;
  const { stores } = bot.database;
  await asked(bot, 1, 2 * places);
  await asked(bot, 2, 1);
  const inLine = () => stores.generations.list({ status: 'accepted', limit: 50 });
  await expect.poll(async () => (await inLine()).length).toBe(2 * places + 1);
  await bot.collect();

  let answer: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => {
    answer = resolve;
  });
  faults.add({ method: 'sendPhoto', chatId: 1, fault: { kind: 'hang', until: () => hanging } });
  const all = await stores.generations.list({ status: 'collected', limit: 50 });
  expect(all).toHaveLength(2 * places + 1);
  const last = (owner: string) => Number(owner === '2');
  for (const { id } of all.toSorted((a, b) => last(a.owner) - last(b.owner)))
    await stores.jobs.add({ task: 'deliver', generation: id });
  const deliver = async (job: Job) => {
    if (job.task === 'deliver') await bot.deliver(job.generation);
  };
  const runner = new JobRunner(bot.pool, handlersOf(deliver), places, new RecordingLogger());
  onTestFinished(() => runner.stop());
  await runner.start();
  await drive.waitForMessage(2, ({ photo }) => photo !== undefined);
  expect(drive.messages(1).filter(({ photo }) => photo !== undefined)).toHaveLength(0);
  answer();
});
