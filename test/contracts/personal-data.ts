import { beforeEach, describe, expect, it } from 'vitest';
import { referenceOf } from '../../src/domain/generation/generation.js';
import type { AvatarId } from '../../src/domain/ids.js';
import { trainingReference } from '../../src/domain/training/training.js';
import { aPercentPromo } from '../support/builders/a-promo.js';
import { anImageRow, aStoredImage } from '../support/builders/a-stored-image.js';
import { aDraft, aDraftPhoto, aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenAvatar, givenGeneration, givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import { eventOf } from '../support/builders/provider-events.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every PersonalData. */
export function personalDataContract(opened: () => OpenedStores): void {
  describe('as PersonalData', () => {
    const stores = () => opened().database.stores;
    let avatar: AvatarId;

    beforeEach(async () => {
      await givenUser(stores(), { id: someone, credits: 200, displayName: 'Ada' });
      await givenUser(stores(), { id: somebodyElse, displayName: 'Bob' });
      avatar = (await givenAvatar(stores(), { name: 'Countess' })).id;
      await stores().avatarDrafts.save(aDraft({ avatar }));
      await stores().photos.add(aDraftPhoto({ avatar }));
    });

    async function picture(
      changes: { owner?: typeof someone; companion?: AvatarId; avatar?: AvatarId } = {},
    ) {
      const { id: generation } = await givenGeneration(stores(), {
        status: 'delivered',
        prompt: 'my secret request',
        ...changes,
      });
      const image = anImageRow({ generation, owner: changes.owner ?? someone });
      await stores().images.add([image]);
      return image;
    }

    it('counts what is stored of one person', async () => {
      await picture();
      await picture({ owner: somebodyElse });
      await givenTraining(stores(), aTraining({ avatar }));
      expect(await stores().personal.count(someone)).toEqual({
        avatars: 1,
        photos: 1,
        trainings: 1,
        generations: 1,
        images: 1,
        ledgerEntries: 1,
      });
    });

    it('finds the pictures that show an avatar, as first or second', async () => {
      const first = await picture({ avatar });
      const second = await picture({ companion: avatar });
      const other = await picture();
      await picture({ owner: somebodyElse, avatar });
      const ids = async (of?: AvatarId) =>
        (await stores().personal.images(someone, of)).map(({ id }) => id).sort();
      expect(await ids(avatar)).toEqual([first.id, second.id].sort());
      expect(await ids()).toEqual([first.id, second.id, other.id].sort());
    });

    it("removes pictures of their owner, never somebody else's", async () => {
      const mine = await picture();
      const foreign = await picture({ owner: somebodyElse });
      await stores().personal.removeImages(someone, [mine.id, foreign.id]);
      await stores().personal.removeImages(someone, []);
      expect(await stores().images.ofGeneration(mine.generation)).toEqual([]);
      expect(await stores().images.ofGeneration(foreign.generation)).toEqual([foreign]);
    });

    it('forgets a person: words, faces, settings; the money stays provable', async () => {
      const image = await picture({ avatar });
      const composed = {
        status: 'composed' as const,
        sheet: { image: aStoredImage(), cells: [] },
        announcedAt: secondsLater(5),
      };
      const training = await givenTraining(
        stores(),
        aTraining({ avatar, status: 'ready', proof: composed, price: 0 }),
      );
      const account = await stores().ledger.account(someone);
      await stores().promos.add(aPercentPromo());
      await stores().promos.redeem(aPercentPromo(), someone, longAgo);
      await opened().database.transaction((inside) => inside.personal.forget(someone));
      expect(await stores().users.find(someone)).toMatchObject({ displayName: null, language: null });
      expect(await stores().avatars.list(someone)).toEqual([]);
      expect(await stores().photos.ofOwner(someone)).toEqual([]);
      expect(await stores().avatarDrafts.list(someone)).toEqual([]);
      expect(await stores().personal.images(someone)).toEqual([]);
      expect(await stores().generations.find(image.generation)).toMatchObject({
        prompt: '',
        avatar: null,
        overrides: {},
        order: { prompt: '', loras: [] },
        origin: { transport: 'test', address: {} },
      });
      expect(await stores().trainings.find(training.id)).toMatchObject({
        order: { trigger: '', photos: [] },
        weights: { url: '', mediaKey: '' },
        proof: { status: 'none' },
        origin: { address: {} },
      });
      expect(await stores().ledger.account(someone)).toEqual(account);
      // Theirs like the credits, and had once for good.
      expect(await stores().promos.waiting(someone)).toMatchObject({ percent: 20 });
      expect(await stores().promos.redeem(aPercentPromo(), someone, longAgo)).toBe(false);
      const kept = JSON.stringify(
        await stores().generations.list({ owner: someone, limit: 9 }),
        (_, value) => (typeof value === 'bigint' ? String(value) : value),
      );
      expect(kept).not.toContain('secret request');
    });

    it('forgets what a person is still to be told of their money, and nothing that others are', async () => {
      const { moneyMessages } = stores();
      const [mine, foreign] = [
        { kind: 'receipt', subject: 'a', user: someone },
        { kind: 'receipt', subject: 'b', user: somebodyElse },
      ] as const;
      for (const message of [mine, foreign]) await moneyMessages.add(message, longAgo);
      await opened().database.transaction((inside) => inside.personal.forget(someone));
      expect(await moneyMessages.owed(someone)).toEqual([]);
      expect(await moneyMessages.owed(somebodyElse)).toMatchObject([foreign]);
    });

    it('forgets where a person is told of their jobs and what is on its way there, and nobody else’s', async () => {
      const { eventHooks } = stores();
      const events = ['generation.done'] as const;
      for (const owner of [someone, somebodyElse]) {
        const hook = { id: nextUuid(), owner, events, createdAt: longAgo };
        await eventHooks.add({ ...hook, url: 'https://shop.example/', secret: 'whsec_' }, 10);
        const data = { prompt: 'secret request' };
        await eventHooks.note(owner, { id: 'evt_1', type: 'generation.done', at: longAgo, data });
      }
      await opened().database.transaction((inside) => inside.personal.forget(someone));
      expect(await eventHooks.list(someone)).toEqual([]);
      expect(await eventHooks.list(somebodyElse)).toHaveLength(1);
      const take = () => eventHooks.take(longAgo, secondsLater(60), [], false);
      expect(await take()).toMatchObject({ hook: { owner: somebodyElse } });
      expect(await take()).toBeNull();
    });

    it('forgets what fal said about each submit of theirs, and of nobody else', async () => {
      const theirs = await givenGeneration(stores(), { status: 'delivered', submits: 3 });
      const training = await givenTraining(stores(), aTraining({ avatar, status: 'ready', submits: 2 }));
      const other = await givenGeneration(stores(), { status: 'delivered', owner: somebodyElse, submits: 1 });
      const gone = [
        ...[1, 2, 3].map((submit) => referenceOf(theirs, submit)),
        ...[1, 2].map((submit) => trainingReference(training, submit)),
      ];
      for (const reference of [...gone, referenceOf(other)])
        await stores().webhookInbox.add(
          eventOf(theirs, { reference, requestId: reference }),
          secondsLater(1),
        );
      await stores().personal.forget(someone);
      const known = await Promise.all(gone.map((reference) => stores().webhookInbox.byReference(reference)));
      expect(known).toEqual(gone.map(() => null));
      expect(await stores().webhookInbox.byReference(referenceOf(other))).not.toBeNull();
    });

    it('forgets nothing of anybody else', async () => {
      const image = await picture({ owner: somebodyElse });
      await stores().personal.forget(someone);
      expect(await stores().users.find(somebodyElse)).toMatchObject({ displayName: 'Bob' });
      expect(await stores().personal.images(somebodyElse)).toEqual([image]);
      expect(await stores().generations.find(image.generation)).toMatchObject({
        prompt: 'my secret request',
      });
    });

    it('knows when fal last had to do with pictures of a person, or of an avatar', async () => {
      const { personal } = stores();
      expect(await personal.requestsToFal(someone)).toEqual({ last: null, isOpen: false });
      await givenGeneration(stores(), { status: 'delivered', avatar, collectedAt: secondsLater(500) });
      await givenGeneration(stores(), { status: 'failed', companion: avatar, endedAt: secondsLater(700) });
      await givenGeneration(stores(), { status: 'delivered', collectedAt: secondsLater(900) });
      await givenGeneration(stores(), { status: 'submitting', owner: somebodyElse, avatar });
      expect(await personal.requestsToFal(someone, avatar)).toEqual({
        last: secondsLater(700),
        isOpen: false,
      });
      expect(await personal.requestsToFal(someone)).toEqual({ last: secondsLater(900), isOpen: false });
      await givenGeneration(stores(), { status: 'accepted', avatar });
      expect(await personal.requestsToFal(someone, avatar)).toMatchObject({ isOpen: false });
      await givenGeneration(stores(), { status: 'submitted', companion: avatar });
      expect(await personal.requestsToFal(someone, avatar)).toMatchObject({ isOpen: true });
    });

    it('keeps the receipt of a deletion', async () => {
      const id = '30000000-0000-4000-8000-000000000001';
      const atFal = {
        picturesUntil: null,
        restUntil: secondsLater(30),
        finetunes: 1,
        weightsStayAt: ['weights.example'],
      };
      const receipt = { id, at: secondsLater(9), counts: { photos: 12, images: 3 }, atFal };
      await stores().personal.keepReceipt(receipt);
      expect(await stores().personal.findReceipt(id)).toEqual(receipt);
      expect(await stores().personal.findReceipt('30000000-0000-4000-8000-000000000002')).toBeNull();
    });
  });
}
