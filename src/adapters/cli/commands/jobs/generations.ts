import type { Command } from 'commander';
import { refuseIfWrong } from '../../../../application/input/input-validation.js';
import { userProblems } from '../../../../application/input/user-id.js';
import type { Problem } from '../../../../domain/errors.js';
import { type Generation, generationStatuses } from '../../../../domain/generation/generation.js';
import { userId } from '../../../../domain/ids.js';
import { answer } from '../../answer.js';
import type { CliHost } from '../../cli-host.js';
import { limitProblems, shortIds, why } from '../../job-rows.js';
import { table } from '../../table.js';
import { addForOne, addGiveBack, addShow, generationMeant } from './one-job.js';

/** Given up after too many tries, whatever state they were in. */
const dead = 'dead';

export function addGenerations(program: Command, host: CliHost): void {
  const generations = program.command('generations').description('jobs, newest first');
  generations
    .command('list')
    .description('what was asked for and what became of it')
    .option('--user <telegram id>', 'only theirs')
    .option('--state <state>', `${generationStatuses.join(', ')}; dead: given up after too many tries`)
    .option('--limit <n>', 'at most so many', '100')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: { user?: string; state?: string; limit: string; json?: boolean }) => {
      const status = generationStatuses.find((name) => name === options.state);
      refuseIfWrong([
        ...(options.user === undefined ? [] : userProblems('user', options.user)),
        ...(options.state === status || options.state === dead ? [] : [unknownState(options.state)]),
        ...limitProblems(options.limit),
      ]);
      const { database } = await host.services('reads');
      const owner = options.user === undefined ? undefined : userId(options.user);
      const limit = Number(options.limit);
      const found =
        options.state === dead
          ? (await database.stores.generations.dead(limit)).map(({ row }) => row)
          : await database.stores.generations.list({ owner, status, limit });
      const rows = found.filter((row) => owner === undefined || row.owner === owner).map(described);
      const short = shortIds(rows.map(({ id }) => id));
      const lines = rows.map((row) => [
        short(row.id),
        row.user,
        row.state,
        row.preset,
        row.createdAt,
        why(row),
      ]);
      answer(host, options.json, rows, table(['id', 'user', 'state', 'preset', 'created', 'why'], lines));
    });
  addShow(generations, host, 'generation');
  const again = 'start a failed or blocked job over, with a hold of its own';
  addForOne(generations, 'retry', again, async (typed, json) => {
    const { replayGeneration, database } = await host.services('reads');
    const meant = await generationMeant(database.stores, typed);
    const replayed = described(await replayGeneration.execute(meant, { admin: 'cli' }));
    answer(host, json, replayed, `${replayed.id} is in line again`);
  });
  addGiveBack(generations, host, 'generation');
}

const described = (generation: Generation) => ({
  id: generation.id,
  user: generation.owner,
  state: generation.status,
  preset: generation.preset,
  endpoint: generation.order.endpoint,
  prompt: generation.prompt,
  ...(generation.status === 'failed' ? { failure: generation.failure } : {}),
  createdAt: generation.createdAt,
});

const unknownState = (received = ''): Problem => ({
  field: 'state',
  code: 'unknown_value',
  received,
  allowed: [...generationStatuses, dead].join(', '),
});
