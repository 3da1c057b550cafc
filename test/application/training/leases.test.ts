import { beforeEach, describe, expect, it } from 'vitest';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { DeleteUser } from '../../../src/application/personal-data/delete-user.js';
import type { ProofComposer } from '../../../src/application/ports/pictures/proof-composer.js';
import { MakeProof } from '../../../src/application/training/make-proof.js';
import type { Training } from '../../../src/domain/training/training.js';
import { picture } from '../../contracts/media-store.js';
import { anyWords } from '../../support/builders/check-words.js';
import { someone } from '../../support/builders/ids.js';
import { safetensors } from '../../support/safetensors.js';
import { endPicture } from './proof-pictures.js';
import { TrainingWorld } from './training-world.js';

/** Weights that come in pieces, with something happening between them. */
async function* slowWeights(pieces: number, between: () => Promise<unknown>) {
  const file = safetensors();
  const size = Math.ceil(file.byteLength / pieces);
  for (let at = 0; at < file.byteLength; at += size) {
    yield file.subarray(at, at + size);
    await between();
  }
}

describe('a step of a training that takes its time', () => {
  let world: TrainingWorld;
  let training: Training;
  const account = () => world.stores.ledger.account(someone);
  const weightsKept = () => [...world.media.files.keys()].filter((key) => key.startsWith('weights/'));
  const collect = (worker = 'worker-1') => world.collectFor(worker).execute(training.id);
  beforeEach(async () => {
    world = new TrainingWorld();
    training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
  });

  it('brings weights home for longer than a lease, and nobody else begins it', async () => {
    world.slowWeights.push(
      slowWeights(4, async () => {
        world.clock.advance(600);
        await world.sweep.execute();
        await collect('worker-2');
      }),
    );
    await collect();
    await world.run();
    expect((await world.training(training.id)).status).toBe('ready');
    expect(world.trainer.checks).toBe(1);
    expect(await account()).toEqual({ balance: 50, held: 0 });
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  it('stops bringing weights home when it is cancelled, and keeps none', async () => {
    let pieces = 0;
    world.slowWeights.push(
      slowWeights(4, async () => {
        pieces += 1;
        world.clock.advance(11);
        if (pieces === 1) await world.cancel.execute({ id: training.id }, { owner: someone });
      }),
    );
    await collect();
    expect((await world.training(training.id)).status).toBe('cancelled');
    expect(pieces).toBe(1);
    expect(weightsKept()).toEqual([]);
    expect(await account()).toEqual({ balance: 200, held: 0 });
  });

  it('keeps no weights of one that is cancelled with their last piece', async () => {
    world.slowWeights.push(
      slowWeights(1, () => world.cancel.execute({ id: training.id }, { owner: someone })),
    );
    await collect();
    expect((await world.training(training.id)).status).toBe('cancelled');
    expect(weightsKept()).toEqual([]);
    expect(await account()).toEqual({ balance: 200, held: 0 });
  });

  it('leaves weights alone that another process has written down meanwhile', async () => {
    world.slowWeights.push(
      slowWeights(1, async () => {
        await world.stores.trainings.dropLeases(['worker-1']);
        await collect('worker-2');
      }),
    );
    await collect();
    expect((await world.training(training.id)).status).toBe('ready');
    expect(weightsKept()).toEqual([`weights/${training.id}.safetensors`]);
    expect(await account()).toEqual({ balance: 50, held: 0 });
  });

  it('tells for four minutes, and nobody else begins to', async () => {
    await collect();
    world.transport.meanwhile = async () => {
      for (let minute = 0; minute < 4; minute += 1) {
        world.clock.advance(60);
        await world.sweep.execute();
        await world.deliverFor('worker-2').execute(training.id);
      }
    };
    await world.deliver.execute(training.id);
    await world.run();
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  it('writes down what was told while the database was away', async () => {
    await collect();
    world.transport.meanwhile = async () => world.database.goAway(3);
    await world.run();
    expect(await world.training(training.id)).toMatchObject({ announcedAt: expect.any(Date) });
    expect(world.transport.of('avatar-ready')).toHaveLength(1);
  });

  it('tidies up once what was told is written down, and tells nothing again when that fails', async () => {
    await collect();
    const seen: unknown[] = [];
    world.transport.tidyUp = async () => {
      seen.push(await world.training(training.id));
      throw new Error('the message is gone');
    };
    await world.run();
    world.clock.advance(400);
    await world.sweep.execute();
    await world.run();
    expect(seen).toMatchObject([{ announcedAt: expect.any(Date) }]);
    expect(world.transport.attempts).toBe(1);
  });

  describe('puts a proof sheet together', () => {
    let jpeg: Buffer;
    let composed: number;
    let meanwhile: () => Promise<unknown>;
    beforeEach(async () => {
      jpeg = await picture('jpeg', 64, 64);
      composed = 0;
      meanwhile = async () => undefined;
      await collect();
      await make();
      for (const generation of await world.stores.generations.list({ owner: someone, limit: 9 }))
        await endPicture(world, generation);
    });

    function make(worker = 'worker-1'): Promise<void> {
      const composer: Pick<ProofComposer, 'compose'> = {
        compose: async () => {
          composed += 1;
          await meanwhile();
          return jpeg;
        },
      };
      const { database, clock, ids, rules, metrics, media, log, likeness } = world;
      const request = new RequestGeneration({
        database,
        clock,
        ids,
        policy: rules,
        metrics,
        log,
        checkWords: anyWords,
      });
      return new MakeProof({
        database,
        requestGeneration: request,
        composer,
        likeness,
        media,
        clock,
        worker,
        log,
      }).execute(training.id);
    }

    const sheets = () => [...world.media.files.keys()].filter((key) => key.startsWith('proofs/'));

    it('for two minutes, and nobody else begins to', async () => {
      meanwhile = async () => {
        meanwhile = async () => undefined;
        world.clock.advance(120);
        await world.sweep.execute();
        await make('worker-2');
      };
      await make();
      expect(composed).toBe(1);
      expect(await world.training(training.id)).toMatchObject({ proof: { status: 'composed' } });
    });

    it('and keeps none of an avatar that is deleted meanwhile', async () => {
      const remove = new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock });
      meanwhile = () => remove.execute({ avatar: training.avatar, withImages: true }, { owner: someone });
      await make();
      expect(composed).toBe(1);
      expect(sheets()).toEqual([]);
      expect(await world.training(training.id)).toMatchObject({ proof: { status: 'none' } });
    });

    it('and keeps none of a person who leaves meanwhile', async () => {
      const { database, media, clock, ids, log } = world;
      const leave = new DeleteUser({ database, media, clock, ids, log });
      meanwhile = () => leave.execute({ user: someone }, { owner: someone });
      await make();
      expect(sheets()).toEqual([]);
    });

    it('and leaves the one alone that another process has shown meanwhile', async () => {
      meanwhile = async () => {
        meanwhile = async () => undefined;
        await world.stores.trainings.dropLeases(['worker-1']);
        await make('worker-2');
      };
      await make();
      expect(composed).toBe(2);
      expect(sheets()).toHaveLength(2);
    });
  });
});
