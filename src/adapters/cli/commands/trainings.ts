import type { Command } from 'commander';
import { refuseIfWrong } from '../../../application/input/input-validation.js';
import { userProblems } from '../../../application/input/user-id.js';
import { userId } from '../../../domain/ids.js';
import { statusWord, type Training } from '../../../domain/training/training.js';
import { answer } from '../answer.js';
import type { CliHost } from '../cli-host.js';
import { table } from '../table.js';
import { fullId, shortIds, why } from './job-rows.js';
import { tell } from './job-story.js';

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
  trainings
    .command('show')
    .description('everything that is kept of one: how it stands, and what happened when')
    .argument('<id>')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const { showJob, database } = await host.services('reads');
      const meant = await fullId(database.stores.trainings, id, 'the beginning of an id of trainings list');
      const story = await showJob.execute({ training: meant });
      answer(host, json, { ...story.now, moments: story.moments }, tell(story));
    });
  trainings
    .command('retry')
    .description('train the avatar of a failed training again, with a hold of its own')
    .argument('<id>')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const { retryTraining, database } = await host.services('changes');
      const meant = await fullId(database.stores.trainings, id, 'the beginning of an id of trainings list');
      const again = described(await retryTraining.execute(meant, { admin: 'cli' }));
      answer(host, json, again, `${again.id} has begun in its place`);
    });
  trainings
    .command('give-back')
    .description('take one that was given up off the list; credits that are still held go back')
    .argument('<id>')
    .option('--json', 'one JSON document on stdout')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const { giveBackJob, database } = await host.services('changes');
      const meant = await fullId(database.stores.trainings, id, 'the beginning of an id of trainings list');
      const credits = await giveBackJob.execute({ kind: 'training', id: meant }, { admin: 'cli' });
      answer(host, json, { id: meant, credits }, `${meant} is off the list; ${credits} credits went back`);
    });
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
