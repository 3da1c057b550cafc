import { beforeEach, describe, expect, it } from 'vitest';
import { avatarId } from '../../src/domain/ids.js';
import { aFinetuneModel, anAvatar } from '../support/builders/an-avatar.js';
import { givenAvatar, givenUser } from '../support/builders/given.js';
import { secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every AvatarStore. */
export function avatarStoreContract(opened: () => OpenedStores): void {
  describe('as AvatarStore', () => {
    const stores = () => opened().database.stores;
    const avatars = () => stores().avatars;
    beforeEach(async () => {
      await givenUser(stores(), { id: someone });
      await givenUser(stores(), { id: somebodyElse });
    });

    it.each(['draft', 'training', 'ready', 'failed'] as const)(
      'brings an avatar that is %s back as it was',
      async (status) => {
        const avatar = anAvatar({ status, name: '<TOK> & "Ада" 🦊', trigger: null, defaultStrength: 1.15 });
        await avatars().save(avatar);
        expect(await avatars().find(avatar.id)).toEqual(avatar);
      },
    );

    it('keeps either model, and our own copy of the weights', async () => {
      const finetune = anAvatar({ type: 'artistic', model: aFinetuneModel });
      const kept = anAvatar({
        model: { kind: 'lora', url: 'https://weights.example/a', mediaKey: 'weights/a' },
      });
      for (const avatar of [finetune, kept]) {
        await avatars().save(avatar);
        expect(await avatars().find(avatar.id)).toEqual(avatar);
      }
    });

    it('finds those whose weights are not kept here', async () => {
      const url = 'https://weights.example/a';
      const elsewhere = await givenAvatar(stores(), { model: { kind: 'lora', url } });
      await givenAvatar(stores(), { model: { kind: 'lora', url, mediaKey: 'weights/a' } });
      await givenAvatar(stores(), { type: 'artistic', model: aFinetuneModel });
      await givenAvatar(stores(), { status: 'training' });
      expect(await avatars().withWeightsElsewhere(10)).toEqual([elsewhere.id]);
      expect(await avatars().withWeightsElsewhere(0)).toEqual([]);
    });

    it('writes over what it had', async () => {
      const draft = anAvatar({ status: 'draft' });
      await avatars().save(draft);
      const ready = anAvatar({ id: draft.id, name: 'Countess', trigger: 'TOKNEW' });
      await avatars().save(ready);
      expect(await avatars().list()).toEqual([ready]);
    });

    it('never finds the avatar of somebody else for an owner', async () => {
      const avatar = await givenAvatar(stores(), { owner: someone, isMain: true });
      expect(await avatars().findOwned(someone, avatar.id)).toEqual(avatar);
      expect(await avatars().findOwned(somebodyElse, avatar.id)).toBeNull();
      expect(await avatars().list(somebodyElse)).toEqual([]);
      expect(await avatars().search(avatar.name, somebodyElse)).toEqual([]);
      expect(await avatars().search(avatar.id, somebodyElse)).toEqual([]);
      expect(await avatars().mainOf(somebodyElse)).toBeNull();
    });

    it('finds nothing under an id that is none', async () => {
      const nonsense = avatarId("'; drop table avatars");
      expect(await avatars().find(nonsense)).toBeNull();
      expect(await avatars().findOwned(someone, nonsense)).toBeNull();
      expect(await avatars().search(nonsense)).toEqual([]);
    });

    it('has one main avatar per owner', async () => {
      const first = await givenAvatar(stores(), { isMain: true });
      const foreign = await givenAvatar(stores(), { isMain: true, owner: somebodyElse });
      const second = await givenAvatar(stores(), { isMain: true });
      expect(await avatars().mainOf(someone)).toEqual(second);
      expect(await avatars().find(first.id)).toEqual({ ...first, isMain: false });
      expect(await avatars().mainOf(somebodyElse)).toEqual(foreign);
    });

    it('has one main avatar, however many become it at once', async () => {
      await Promise.all(Array.from({ length: 10 }, () => givenAvatar(stores(), { isMain: true })));
      const all = await avatars().list(someone);
      expect(all).toHaveLength(10);
      expect(all.filter(({ isMain }) => isMain)).toHaveLength(1);
    });

    it('leaves the main avatar alone when a save fails', async () => {
      const main = await givenAvatar(stores(), { isMain: true });
      await avatars().save(anAvatar(), 'old-7');
      await expect(avatars().save(anAvatar({ isMain: true }), 'old-7')).rejects.toThrow();
      expect(await avatars().mainOf(someone)).toEqual(main);
    });

    it('finds an imported avatar by its old id, also after later changes', async () => {
      const avatar = anAvatar();
      await avatars().save(avatar, 'old-1');
      await avatars().save({ ...avatar, name: 'Countess' });
      expect(await avatars().findByLegacyId('old-1')).toEqual({ ...avatar, name: 'Countess' });
      expect(await avatars().findByLegacyId('old-2')).toBeNull();
    });

    it.each(['by itself', 'with its owner'])('knows which imported ones were deleted %s', async (how) => {
      const avatar = anAvatar();
      await avatars().save(avatar, 'old-8');
      await givenAvatar(stores(), { owner: somebodyElse });
      expect(await avatars().wasDeleted('old-8')).toBe(false);
      if (how === 'by itself') await avatars().remove(someone, avatar.id);
      else await stores().personal.forget(someone);
      expect(await avatars().wasDeleted('old-8')).toBe(true);
      expect(await avatars().wasDeleted('old-9')).toBe(false);
      await avatars().save(anAvatar(), 'old-8');
      await avatars().remove(someone, (await avatars().findByLegacyId('old-8'))?.id ?? avatar.id);
      expect(await avatars().findByLegacyId('old-8')).toBeNull();
    });

    it('brings back what an avatar can go back to, and finds it when it is old', async () => {
      const one = { model: aFinetuneModel, trigger: 'ARTST', strength: 1.2, replacedAt: secondsLater(10) };
      const model = {
        kind: 'lora' as const,
        url: 'https://v3.fal.media/b',
        mediaKey: 'weights/b.safetensors',
      };
      const other = { model, trigger: null, strength: null, replacedAt: secondsLater(20) };
      const avatar = await givenAvatar(stores(), { earlier: [one, other] });
      await givenAvatar(stores());
      expect(await avatars().find(avatar.id)).toEqual(avatar);
      expect(await avatars().replacedBefore(secondsLater(10), 5)).toEqual([]);
      expect(await avatars().replacedBefore(secondsLater(11), 5)).toEqual([avatar]);
      await avatars().save({ ...avatar, earlier: [] });
      expect(await avatars().replacedBefore(secondsLater(99), 5)).toEqual([]);
    });

    it('lists the oldest first, of one owner or of everybody', async () => {
      const newer = await givenAvatar(stores(), { createdAt: secondsLater(2) });
      const older = await givenAvatar(stores(), { createdAt: secondsLater(1) });
      const foreign = await givenAvatar(stores(), { createdAt: secondsLater(3), owner: somebodyElse });
      expect(await avatars().list(someone)).toEqual([older, newer]);
      expect(await avatars().list()).toEqual([older, newer, foreign]);
      expect(await avatars().list(undefined, { limit: 2 })).toEqual([older, newer]);
      expect(await avatars().list(undefined, { limit: 2, after: newer })).toEqual([foreign]);
      expect(await avatars().list(someone, { after: older })).toEqual([newer]);
      // One that was deleted keeps its place: who deletes page by page misses none.
      await avatars().remove(someone, older.id);
      expect(await avatars().list(someone, { after: older })).toEqual([newer]);
    });

    it('is searched by id or by whole name, in any case and script', async () => {
      const ada = await givenAvatar(stores(), { name: 'Ада Lovelace' });
      const other = await givenAvatar(stores(), { name: 'Ада', owner: somebodyElse });
      expect(await avatars().search('аДА loVelace')).toEqual([ada]);
      expect(await avatars().search('АДА')).toEqual([other]);
      const greek = await givenAvatar(stores(), { name: 'ΟΔΥΣΣΕΥΣ' });
      expect(await avatars().search('Οδυσσευς')).toEqual([greek]);
      expect(await avatars().search('Lovelace')).toEqual([]);
      expect(await avatars().search('Ада%')).toEqual([]);
      expect(await avatars().search(ada.id.toUpperCase())).toEqual([ada]);
    });

    it('is searched by name over all owners, so that an unclear one can be told', async () => {
      const mine = await givenAvatar(stores(), { name: 'Ada', createdAt: secondsLater(1) });
      const theirs = await givenAvatar(stores(), {
        name: 'ADA',
        owner: somebodyElse,
        createdAt: secondsLater(2),
      });
      expect(await avatars().search('ada')).toEqual([mine, theirs]);
      expect(await avatars().search('ada', somebodyElse)).toEqual([theirs]);
    });

    it('has no avatars of nobody', async () => {
      await expect(avatars().save({ ...anAvatar(), owner: 'nobody' as typeof someone })).rejects.toThrow();
    });
  });
}
