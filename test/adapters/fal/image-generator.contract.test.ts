import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FalImageGenerator } from '../../../src/adapters/fal/fal-image-generator.js';
import type { FaultAt } from '../../../src/sandbox/fal/faults/fault-rule.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import { imageGeneratorContract, type SubmitTrouble } from '../../contracts/image-generator.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { silentLogger } from './silent-logger.js';

const atSubmit: Record<SubmitTrouble, FaultAt<'submit'>> = {
  not_taken: { kind: 'answer', status: 503 },
  in_doubt: { kind: 'drop', when: 'after' },
  no_access: { kind: 'answer', status: 401 },
  endpoint_gone: { kind: 'answer', status: 404 },
  refused: { kind: 'answer', status: 422 },
};

imageGeneratorContract('FalImageGenerator', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fal-contract-'));
  const fal = await startLocalFal({ folder, imageMilliseconds: 50, preparedPictures: true });
  const generator = new FalImageGenerator({
    apiKey: 'test-key',
    queueUrl: fal.queueUrl,
    restUrl: fal.restUrl,
    mediaStore: new MemoryMediaStore(),
    logger: silentLogger,
  });
  return {
    generator,
    fate(fate) {
      if (fate === 'hangs') fal.faults.add({ step: 'job', fault: { kind: 'hang' } });
      if (fate === 'is refused by policy') {
        const fault = { kind: 'fail', status: 422, type: 'content_policy_violation' } as const;
        fal.faults.add({ step: 'job', fault });
      }
    },
    troubleNextSubmit: (trouble) =>
      void fal.faults.add({ step: 'submit', fault: atSubmit[trouble], times: 1 }),
    troubleNextCheck: () =>
      void fal.faults.add({ step: 'status', fault: { kind: 'answer', status: 503 }, times: 1 }),
    bought: () => fal.requests().length,
    async close() {
      await fal.close();
      await rm(folder, { recursive: true });
    },
  };
});
