import type { Command } from 'commander';
import { refuseIfWrong } from '../../../../application/input/input-validation.js';
import { userProblems } from '../../../../application/input/user-id.js';
import { userId } from '../../../../domain/ids.js';
import { statusWord, type Training } from '../../../../domain/training/training.js';
import { answer } from '../../answer.js';
import type { CliHost } from '../../cli-host.js';
import { shortIds, why } from '../../job-rows.js';
import { table } from '../../table.js';
import { addForOne, addGiveBack, addShow, trainingMeant } from './one-job.js';

const mostRows = 1000;

export function addTrainings(program: Command, host: CliHost): void {
  const trainings = program.command('trainings').description('avatars in the making, newest first');
  trainings
    .command('list')
    .description('trainings of a user, or those that were given up after too many tries')
    .option('--user <telegram id>', 'all of theirs')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ user, json }: { user?: string; json?: boolean }) => {
      refuseIfWrong(user === undefined ? [] : userProblems('user', user));
      const { database } = await host.services('reads');
      const store = database.stores.trainings;
      const found =
        user === undefined
          ? (await store.dead(mostRows)).map(({ row }) => row)
          : await store.ofOwner(userId(user));
      const rows = found.map(described);
      const short = shortIds(rows.map(({ id }) => id));
      const shortAvatar = shortIds(rows.map(({ avatar }) => avatar));
      const lines = rows.map((row) => {
        const { id, user, avatar, state, speed, createdAt } = row;
        return [short(id), user, shortAvatar(avatar), state, speed, createdAt, why(row)];
      });
      answer(host, json, rows, table(['id', 'user', 'avatar', 'state', 'speed', 'created', 'why'], lines));
    });
  addShow(trainings, host, 'training');
  const retry = 'train the avatar of a failed training again, with a hold of its own';
  addForOne(trainings, 'retry', retry, async (typed, json) => {
    const { retryTraining, database } = await host.services('changes');
    const meant = await trainingMeant(database.stores, typed);
    const again = described(await retryTraining.execute(meant, { admin: 'cli' }));
    answer(host, json, again, `${again.id} has begun in its place`);
  });
  addGiveBack(trainings, host, 'training');
}

const described = (training: Training) => ({
  id: training.id,
  user: training.owner,
  avatar: training.avatar,
  state: statusWord(training.status),
  speed: training.speed,
  ...(training.status === 'failed' ? { failure: training.failure } : {}),
  createdAt: training.createdAt,
});
