import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FalAvatarTrainer } from '../../../src/adapters/fal/fal-avatar-trainer.js';
import type { FaultAt } from '../../../src/sandbox/fal/faults/fault-rule.js';
import { startLocalFal } from '../../../src/sandbox/fal/local-fal.js';
import { avatarTrainerContract } from '../../contracts/avatar-trainer.js';
import type { SubmitTrouble } from '../../contracts/image-generator.js';
import { picture } from '../../contracts/media-store.js';
import { silentLogger } from './silent-logger.js';

const atSubmit: Record<SubmitTrouble, FaultAt<'submit'>> = {
  not_taken: { kind: 'answer', status: 503 },
  in_doubt: { kind: 'drop', when: 'after' },
  no_access: { kind: 'answer', status: 401 },
  endpoint_gone: { kind: 'answer', status: 404 },
  refused: { kind: 'answer', status: 422 },
};

avatarTrainerContract('FalAvatarTrainer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fal-trainer-'));
  const fal = await startLocalFal({ folder, trainingMilliseconds: 50 });
  const trainer = new FalAvatarTrainer({
    apiKey: 'test-key',
    queueUrl: fal.queueUrl,
    restUrl: fal.restUrl,
    logger: silentLogger,
  });
  const photo = await picture('jpeg', 64, 64);
  return {
    trainer,
    photos: Array.from({ length: 10 }, () => photo),
    fate(fate) {
      if (fate === 'hangs') fal.faults.add({ step: 'job', fault: { kind: 'hang' } });
      if (fate === 'fails')
        fal.faults.add({ step: 'job', fault: { kind: 'fail', status: 500, type: 'internal_server_error' } });
      // What the field has seen: COMPLETED, 200, and no file in it.
      if (fate === 'gives no weights')
        fal.faults.add({
          step: 'result',
          fault: { kind: 'answer', status: 200, body: { diffusers_lora_file: null, config_file: null } },
        });
    },
    troubleNextSubmit: (trouble) =>
      void fal.faults.add({ step: 'submit', fault: atSubmit[trouble], times: 1 }),
    troubleNextCheck: () =>
      void fal.faults.add({ step: 'status', fault: { kind: 'answer', status: 503 }, times: 1 }),
    troubleNextUpload: () => void fal.faults.add({ step: 'upload', fault: { kind: 'drop' }, times: 1 }),
    bought: () => fal.requests().length,
    async close() {
      await fal.close();
      await rm(folder, { recursive: true });
    },
  };
});
