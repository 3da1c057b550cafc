import { afterAll, beforeAll, expect, it } from 'vitest';
import { type WorkerRegistryWorld, workerRegistryContract } from '../../contracts/worker-registry.js';
import { openRegistry } from '../queue/a-registry.js';
import { type OpenedPostgres, openPostgres } from './open-postgres.js';

let opened: OpenedPostgres;
beforeAll(async () => {
  opened = await openPostgres();
});
afterAll(() => opened.close());

async function openWorld(): Promise<WorkerRegistryWorld> {
  await opened.clear();
  const processes: ReturnType<typeof openRegistry>[] = [];
  return {
    process() {
      const one = openRegistry(opened.connectionString);
      processes.push(one);
      return one.registry;
    },
    workers: opened.database.stores.workers,
    kill,
    close: async () => void (await Promise.all(processes.map(({ close }) => close()))),
  };
}

/** What the database sees of a killed process: its connection is gone, and no heartbeat comes. */
async function kill(id: string): Promise<void> {
  await opened.pool.query(
    `select pg_terminate_backend(pid, 5000) from pg_locks join workers on objid = lock_key
     where locktype = 'advisory' and workers.id = $1`,
    [id],
  );
  await silence(id, 4);
}

const silence = (id: string, seconds: number) =>
  opened.pool.query(
    'update workers set heartbeat_at = heartbeat_at - make_interval(secs => $2) where id = $1',
    [id, seconds],
  );

workerRegistryContract('PostgresWorkerRegistry', openWorld);

it('frees the jobs that a dead worker had locked, and no others', async () => {
  const world = await openWorld();
  const [dead, alive] = [world.process(), world.process()];
  await dead.join('dead');
  await alive.join('alive');
  await dead.beat('dead', ['queue of the dead']);
  await alive.beat('alive', ['queue of the living']);
  for (const lockedBy of ['queue of the dead', 'queue of the living']) {
    await opened.pool.query('select graphile_worker.add_job($1)', [lockedBy]);
    await opened.pool.query(
      `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() where locked_at is null`,
      [lockedBy],
    );
  }
  await world.kill('dead');
  await opened.database.stores.workers.reap(await alive.findDead());
  const { rows } = await opened.pool.query('select locked_by from graphile_worker._private_jobs order by id');
  expect(rows).toEqual([{ locked_by: null }, { locked_by: 'queue of the living' }]);
  await dead.leave('dead');
  await alive.leave('alive');
  await world.close();
});
