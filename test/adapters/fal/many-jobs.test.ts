import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.js';
import { watchGenerations } from '../../../src/application/generation/generation-watch.js';
import { TellProgress } from '../../../src/application/generation/tell-progress.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import { contractOrder } from '../../contracts/image-generator.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { falGenerator } from './fal-generator.js';

const many = 150;

/** Of both ends: the local fal runs in this process. */
const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

it('many jobs are followed by few connections, and the end of each is known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fal-many-'));
  const fal = await startLocalFal({
    folder,
    imageMilliseconds: 2500,
    concurrency: many,
    preparedPictures: true,
  });
  const database = new InMemoryDatabase();
  const log = new RecordingLogger();
  const generator = falGenerator(fal.url);
  const watch = watchGenerations({
    ...{ database, generator, log },
    clock: systemClock,
    worker: 'worker-1',
    policy: { webhooks: false },
    tellProgress: new TellProgress({ database, transports: [], log }),
  });
  try {
    for (let job = 0; job < many; job += 1) {
      const ticket = await generator.submit(contractOrder, { reference: `generation:${job}` });
      watch.follow({ ...aGeneration({ status: 'submitted' }), ticket });
    }
    let most = 0;
    await expect
      .poll(
        () => {
          most = Math.max(most, sockets());
          return database.queued.length;
        },
        { interval: 20, timeout: 60_000 },
      )
      .toBe(many);
    // 32 streams and 16 questions, with the other ends of these, and a few that are just being closed.
    expect(most).toBeLessThanOrEqual(2 * 48 + 20);
  } finally {
    await watch.stop();
    await fal.close();
    await rm(folder, { recursive: true });
  }
});
