import { beforeEach, describe, expect, it } from 'vitest';
import type { AvatarId } from '../../src/domain/ids.js';
import { aDraft, aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenAvatar } from '../support/builders/given.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

/** Holds for every DraftStore: what becomes of drafts that nobody works on. */
export function draftStoreContract(opened: () => OpenedStores): void {
  const stores = () => opened().database.stores;

  describe('as DraftStore', () => {
    let avatar: AvatarId;
    const given = async (status: 'draft' | 'ready' = 'draft', seconds = 0) => {
      const { id } = await givenAvatar(stores(), { status });
      await stores().avatarDrafts.save(aDraft({ avatar: id, createdAt: secondsLater(seconds) }));
      return id;
    };
    const idle = async (seconds: number, toldBefore: Date | null = null, limit = 9) => {
      const since = { touchedBefore: secondsLater(seconds), toldBefore };
      return (await stores().avatarDrafts.idle(since, limit)).map((draft) => draft.avatar);
    };
    beforeEach(async () => {
      avatar = await given();
    });

    it('finds those that nobody has worked on since then, longest first', async () => {
      const later = await given('draft', 60);
      expect(await idle(0)).toEqual([]);
      expect(await idle(1)).toEqual([avatar]);
      expect(await idle(61)).toEqual([avatar, later]);
      expect(await idle(61, null, 1)).toEqual([avatar]);
      await stores().avatarDrafts.touch(avatar, secondsLater(100));
      expect(await idle(61)).toEqual([later]);
      // What is written of it is no work on it.
      await stores().avatarDrafts.save(
        aDraft({ avatar: later, createdAt: secondsLater(500), transportState: { place: 1 } }),
      );
      expect(await idle(61)).toEqual([later]);
    });

    it('leaves avatars alone that were ready once, or are being trained', async () => {
      await given('ready');
      const trained = await given();
      await givenTraining(stores(), aTraining({ avatar: trained, status: 'training' }));
      const failed = await given();
      await givenTraining(stores(), aTraining({ avatar: failed, status: 'failed' }));
      expect((await idle(1)).sort()).toEqual([avatar, failed].sort());
    });

    it('notes once that its owner was told, and forgets it when somebody works on it', async () => {
      const { avatarDrafts } = stores();
      expect(await avatarDrafts.times(avatar)).toEqual({ touchedAt: longAgo, toldAt: null });
      expect(await avatarDrafts.tell(avatar, secondsLater(5))).toBe(true);
      expect(await avatarDrafts.tell(avatar, secondsLater(6))).toBe(false);
      expect(await avatarDrafts.times(avatar)).toEqual({ touchedAt: longAgo, toldAt: secondsLater(5) });
      expect(await idle(1)).toEqual([]);
      expect(await idle(1, secondsLater(5))).toEqual([]);
      expect(await idle(1, secondsLater(6))).toEqual([avatar]);
      expect(await avatarDrafts.tell(avatar, null)).toBe(true);
      expect(await idle(1)).toEqual([avatar]);
      await avatarDrafts.tell(avatar, secondsLater(7));
      await avatarDrafts.touch(avatar, secondsLater(8));
      expect(await avatarDrafts.times(avatar)).toEqual({ touchedAt: secondsLater(8), toldAt: null });
      await avatarDrafts.remove(avatar);
      expect(await avatarDrafts.times(avatar)).toBeNull();
      expect(await avatarDrafts.tell(avatar, secondsLater(9))).toBe(false);
    });
  });
}
