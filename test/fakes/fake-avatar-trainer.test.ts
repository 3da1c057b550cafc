import { avatarTrainerContract } from '../contracts/avatar-trainer.js';
import { FakeAvatarTrainer, trained } from './fake-avatar-trainer.js';

avatarTrainerContract('FakeAvatarTrainer', async () => {
  const trainer = new FakeAvatarTrainer();
  return {
    trainer,
    photos: Array.from({ length: 10 }, (_, index) => Uint8Array.of(index)),
    fate(fate) {
      trainer.endings = ({ ticket }) => {
        switch (fate) {
          case 'works':
            return trained(ticket);
          case 'hangs':
            return null;
          case 'fails':
            return { kind: 'failed', failure: { kind: 'provider_error', detail: 'scripted' } };
          case 'gives no weights':
            return { kind: 'failed', failure: { kind: 'bad_result', detail: 'no file' } };
          default:
            return fate satisfies never;
        }
      };
    },
    troubleNextSubmit: (trouble) => trainer.failNextSubmit(trouble),
    troubleNextCheck: () => trainer.failNextCheck(),
    troubleNextUpload: () => trainer.failNextUpload(),
    bought: () => trainer.bought.length,
    close: async () => undefined,
  };
});
