import { once } from 'node:events';
import { JobRunner } from '../../../src/adapters/queue/job-runner.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { openRegistry } from './a-registry.js';
import { handlersOf } from './handlers.js';

/** A worker that takes jobs and never finishes one, until it is killed. */
const [connectionString = '', id = ''] = process.argv.slice(2);
const log = new RecordingLogger();
const { pool, registry } = openRegistry(connectionString, log);
const runner = new JobRunner(
  pool,
  handlersOf(async (job) => {
    process.send?.(job);
    await once(process, 'never');
  }),
  4,
  log,
);
await registry.join(id);
await runner.start();
await registry.beat(id, runner.queueIds);
