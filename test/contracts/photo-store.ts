import { beforeEach, describe, expect, it } from 'vitest';
import type { Avatar } from '../../src/domain/avatar/avatar.js';
import { type AvatarId, photoId } from '../../src/domain/ids.js';
import { aDraft, aDraftPhoto, aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenAvatar, givenUser } from '../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every PhotoStore and DraftStore. */
export function photoStoreContract(opened: () => OpenedStores): void {
  describe('as PhotoStore and DraftStore', () => {
    let avatar: AvatarId;
    const stores = () => opened().database.stores;
    const photos = () => stores().photos;
    beforeEach(async () => {
      avatar = (await givenAvatar(stores(), { status: 'draft' })).id;
    });

    it('brings photos back as they were, oldest first', async () => {
      const kept = aDraftPhoto({ avatar, upload: 'telegram:7' });
      const warned = aDraftPhoto({ avatar, status: 'warned', warnings: ['blurred', 'too_dark'] });
      await photos().add(warned);
      await photos().add(kept);
      expect(await photos().list(avatar)).toEqual([kept, warned]);
      expect(await photos().ofOwner(someone)).toEqual([kept, warned]);
      expect(await photos().ofOwner(somebodyElse)).toEqual([]);
    });

    it('keeps exactly 20 of two albums of 10 and 3 more that come at once', async () => {
      const added = await Promise.all(
        Array.from({ length: 23 }, () =>
          opened().database.transaction((inside) => inside.photos.add(aDraftPhoto({ avatar }))),
        ),
      );
      expect(added.filter((isIn) => isIn)).toHaveLength(20);
      expect(await photos().list(avatar)).toHaveLength(20);
    });

    it('keeps exactly 20 also of single writes that nothing holds together', async () => {
      const added = await Promise.all(
        Array.from({ length: 23 }, () => photos().add(aDraftPhoto({ avatar }))),
      );
      expect(added.filter((isIn) => isIn)).toHaveLength(20);
    });

    it('has room for 20 doubtful ones beside, and takes one in only where there is room', async () => {
      for (let count = 0; count < 20; count += 1) await photos().add(aDraftPhoto({ avatar }));
      const warned = aDraftPhoto({ avatar, status: 'warned', warnings: ['blurred'] });
      expect(await photos().add(warned)).toBe(true);
      expect(await photos().keep(avatar, warned.id)).toBe(false);
      const [first] = await photos().list(avatar);
      if (first !== undefined) await photos().remove(avatar, [first.id]);
      expect(await photos().keep(avatar, warned.id)).toBe(true);
      expect(await photos().keep(avatar, warned.id)).toBe(true);
      expect((await photos().list(avatar)).filter(({ status }) => status === 'kept')).toHaveLength(20);
    });

    it('writes what changed of a photo, as long as there is room for it', async () => {
      const photo = aDraftPhoto({ avatar });
      await photos().add(photo);
      const cut = { mediaKey: 'photos/cut.jpg', thumbnailKey: 'photos/cut.thumbnail.jpg' };
      const size = { width: 600, height: 700, bytes: 9000, fingerprint: 'f'.repeat(16) };
      const warnings = ['somebody_else', 'blurred'] as const;
      const changed = {
        ...photo,
        ...cut,
        ...size,
        warnings,
        status: 'warned',
        faceCount: 1,
        faceYaw: -12,
        looksYoung: true,
      } as const;
      expect(await photos().update(changed)).toBe(true);
      expect(await photos().list(avatar)).toEqual([changed]);
      for (let count = 0; count < 20; count += 1) await photos().add(aDraftPhoto({ avatar }));
      expect(await photos().update({ ...changed, status: 'kept' })).toBe(false);
      expect(await photos().list(avatar)).toContainEqual(changed);
      expect(await photos().update({ ...changed, faceYaw: null })).toBe(true);
      expect(await photos().list(avatar)).toContainEqual({ ...changed, faceYaw: null });
      expect(await photos().update(aDraftPhoto({ avatar }))).toBe(false);
    });

    it('removes photos of one avatar only and says which', async () => {
      const photo = aDraftPhoto({ avatar });
      await photos().add(photo);
      const other = (await givenAvatar(stores(), { status: 'draft' })).id;
      expect(await photos().remove(other, [photo.id])).toEqual([]);
      expect(await photos().keep(other, photo.id)).toBe(false);
      expect(await photos().remove(avatar, [photo.id, photoId(nextUuid())])).toEqual([photo]);
      expect(await photos().list(avatar)).toEqual([]);
    });

    it('knows whose photos have served', async () => {
      await photos().add(aDraftPhoto({ avatar, createdAt: longAgo }));
      const at = secondsLater(10_000);
      expect(await photos().avatarsTrainedBefore(at, 5)).toEqual([]);
      await givenTraining(stores(), aTraining({ avatar, status: 'ready', readyAt: secondsLater(9000) }));
      expect(await photos().avatarsTrainedBefore(secondsLater(8000), 5)).toEqual([]);
      expect(await photos().avatarsTrainedBefore(at, 5)).toEqual([avatar]);
      await givenTraining(stores(), aTraining({ avatar, createdAt: secondsLater(9500) }));
      expect(await photos().avatarsTrainedBefore(at, 5)).toEqual([]);
    });

    it('spares photos that came after the training', async () => {
      await givenTraining(stores(), aTraining({ avatar, status: 'ready' }));
      await photos().add(aDraftPhoto({ avatar, createdAt: secondsLater(20_000) }));
      expect(await photos().avatarsTrainedBefore(secondsLater(10_000), 5)).toEqual([]);
    });

    it.each([null, { subject: 'permitted', adults: true, givenAt: secondsLater(5) } as const])(
      'brings a draft back as it was, and writes over it',
      async (consent) => {
        await stores().avatarDrafts.save(aDraft({ avatar }));
        const notes = { openedAt: secondsLater(9), named: true, transportState: { message: 12 } };
        const draft = aDraft({ avatar, consent, ...notes });
        await stores().avatarDrafts.save(draft);
        expect(await stores().avatarDrafts.find(avatar)).toEqual(draft);
        expect(await stores().avatarDrafts.findOwned(someone, avatar)).toEqual(draft);
        expect(await stores().avatarDrafts.findOwned(somebodyElse, avatar)).toBeNull();
        expect(await stores().avatarDrafts.list(someone)).toEqual([draft]);
        await stores().avatarDrafts.remove(avatar);
        expect(await stores().avatarDrafts.find(avatar)).toBeNull();
      },
    );

    it('removes an avatar with its draft and photos, for its owner only', async () => {
      await givenUser(stores(), { id: somebodyElse });
      await stores().avatarDrafts.save(aDraft({ avatar }));
      await photos().add(aDraftPhoto({ avatar }));
      await stores().avatars.remove(somebodyElse, avatar);
      const found: Avatar | null = await opened().database.transaction((inside) =>
        inside.avatars.lock(someone, avatar),
      );
      expect(found?.id).toBe(avatar);
      expect(await stores().avatars.lock(somebodyElse, avatar)).toBeNull();
      await stores().avatars.remove(someone, avatar);
      expect(await stores().avatars.find(avatar)).toBeNull();
      expect(await photos().list(avatar)).toEqual([]);
      expect(await stores().avatarDrafts.find(avatar)).toBeNull();
    });
  });
}
