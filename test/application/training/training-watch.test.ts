import { expect, test } from 'vitest';
import { TellTrainingProgress } from '../../../src/application/training/tell-training-progress.js';
import { watchTrainings } from '../../../src/application/training/training-watch.js';
import { FakeAvatarTrainer } from '../../fakes/fake-avatar-trainer.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aTraining } from '../../support/builders/a-training.js';

function watched() {
  const database = new InMemoryDatabase();
  const trainer = new FakeAvatarTrainer();
  const log = new RecordingLogger();
  const clock = new FakeClock();
  const watch = watchTrainings({
    ...{ database, trainer, clock },
    worker: 'worker-1',
    tellProgress: new TellTrainingProgress({ database, transports: [], log }),
    log,
  });
  const bought = async () => {
    const state = aTraining({ status: 'training' });
    return { ...state, ticket: await trainer.submit(state.order, 'archive', { reference: state.id }) };
  };
  return { database, trainer, clock, watch, bought };
}

test('the end of a training is nudged the moment it is known', async () => {
  const { database, trainer, clock, watch, bought } = watched();
  const training = await bought();
  watch.follow(training);
  trainer.finish(training.ticket);
  clock.advance(2);
  await expect
    .poll(() => database.queued.map(({ job }) => job))
    .toEqual([{ task: 'collect-training', training: training.id }]);
  await watch.stop();
});

test('many streams stop together, without nudges and without a warning about listeners', async () => {
  const { database, watch, bought } = watched();
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on('warning', note);
  for (let count = 0; count < 50; count += 1) watch.follow(await bought());
  await watch.stop();
  watch.follow(await bought());
  // Warnings are emitted on the next tick.
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(warnings).toEqual([]);
  expect(database.queued).toEqual([]);
});
