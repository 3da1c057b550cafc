import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AvatarTrainer } from '../../src/application/ports/avatar-trainer.js';
import { ProviderError } from '../../src/application/ports/provider-error.js';
import { trainingOrder } from '../../src/domain/training/training-order.js';
import type { TrainingOutcome } from '../../src/domain/training/training-outcome.js';
import type { SubmitTrouble } from './image-generator.js';

/** What the suite needs to script, whatever stands behind the trainer. */
export interface AvatarTrainerWorld {
  readonly trainer: AvatarTrainer;
  /** Ten photos as the trainer gets them. */
  readonly photos: readonly Uint8Array[];
  /** What becomes of jobs submitted from now on: `works` within a second, or ends so. */
  fate(fate: 'works' | 'hangs' | 'fails' | 'gives no weights'): void;
  troubleNextSubmit(trouble: SubmitTrouble): void;
  troubleNextCheck(): void;
  troubleNextUpload(): void;
  /** Orders that the provider has taken, whether or not it could say so. */
  bought(): number;
  close(): Promise<void>;
}

const contractTraining = trainingOrder('portrait', 'fast', {
  trigger: 'KOVUX47',
  photos: ['photos/1.jpg'],
});
const job = { reference: 'training:1:1' };

/** Holds for every AvatarTrainer. */
export function avatarTrainerContract(name: string, open: () => Promise<AvatarTrainerWorld>): void {
  describe(`${name} as an AvatarTrainer`, () => {
    let world: AvatarTrainerWorld;
    let archive: string;
    const submit = () => world.trainer.submit(contractTraining, archive, job);
    beforeEach(async () => {
      world = await open();
      archive = await world.trainer.upload(world.photos);
    });
    afterEach(() => world.close());

    it('puts each archive at an address of its own and buys nothing by it', async () => {
      expect(URL.canParse(archive)).toBe(true);
      expect(await world.trainer.upload(world.photos)).not.toBe(archive);
      expect(world.bought()).toBe(0);
    });

    it('throws when the photos could not be sent', async () => {
      world.troubleNextUpload();
      await expect(world.trainer.upload(world.photos)).rejects.toMatchObject({ trouble: 'not_uploaded' });
    });

    it('gives each order a ticket of its own', async () => {
      expect(await submit()).not.toBe(await submit());
      expect(world.bought()).toBe(2);
    });

    it('says pending first and then where the weights are, also when asked again', async () => {
      world.fate('works');
      const ticket = await submit();
      const outcome = await end(world.trainer, ticket);
      expect(outcome).toMatchObject({ kind: 'done' });
      if (outcome.kind === 'done') expect(URL.canParse(outcome.weights.url)).toBe(true);
      expect(await world.trainer.check(ticket)).toEqual(outcome);
    });

    it('knows a running training as pending', async () => {
      world.fate('hangs');
      expect(await world.trainer.check(await submit())).toMatchObject({ kind: 'pending' });
    });

    it('hands a failed training over as a value', async () => {
      world.fate('fails');
      expect(await end(world.trainer, await submit())).toMatchObject({ kind: 'failed' });
    });

    it('never takes a result without weights for a success', async () => {
      world.fate('gives no weights');
      expect(await end(world.trainer, await submit())).toMatchObject({
        kind: 'failed',
        failure: { kind: 'bad_result' },
      });
    });

    it.each(['not_taken', 'no_access', 'endpoint_gone', 'refused'] as const)(
      'throws %s without buying anything',
      async (trouble) => {
        world.troubleNextSubmit(trouble);
        await expect(submit()).rejects.toMatchObject({ trouble });
        expect(world.bought()).toBe(0);
      },
    );

    it('throws in_doubt when it may have bought, and buys exactly once', async () => {
      world.troubleNextSubmit('in_doubt');
      await expect(submit()).rejects.toMatchObject({ trouble: 'in_doubt' });
      expect(world.bought()).toBe(1);
    });

    it('throws when a question gets no answer, and answers the next one', async () => {
      world.fate('hangs');
      const ticket = await submit();
      world.troubleNextCheck();
      const error: unknown = await world.trainer.check(ticket).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ProviderError);
      expect(await world.trainer.check(ticket)).toMatchObject({ kind: 'pending' });
    });

    it('says how far it is while it runs, and nothing once it is over', async () => {
      world.fate('hangs');
      const ticket = await submit();
      expect(await world.trainer.ask(ticket)).toMatchObject({ kind: 'pending' });
      await world.trainer.cancel(ticket);
      expect(await world.trainer.ask(ticket)).toBeNull();
    });

    it('throws when it cannot say how far it is', async () => {
      const ticket = await submit();
      world.troubleNextCheck();
      await expect(world.trainer.ask(ticket)).rejects.toBeInstanceOf(ProviderError);
    });

    it('cancels a running training, and does not mind cancelling too late', async () => {
      world.fate('hangs');
      const ticket = await submit();
      await world.trainer.cancel(ticket);
      const outcome = await end(world.trainer, ticket);
      expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled_elsewhere' } });
      await world.trainer.cancel(ticket);
      expect(await world.trainer.check(ticket)).toEqual(outcome);
    });
  });
}

/** Asks as the program does, until there is an end. */
async function end(trainer: AvatarTrainer, ticket: string): Promise<TrainingOutcome> {
  for (;;) {
    if ((await trainer.ask(ticket)) !== null) continue;
    const outcome = await trainer.check(ticket);
    if (outcome.kind !== 'pending') return outcome;
  }
}
