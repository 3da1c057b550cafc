import { beforeEach, describe, expect, it } from 'vitest';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { ExpireDrafts } from '../../../src/application/upkeep/expire-drafts.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import { picture } from '../../contracts/media-store.js';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from '../training/training-world.js';

const day = 86_400;

describe('a draft that nobody works on', () => {
  let world: TrainingWorld;
  let avatar: AvatarId;
  let expire: () => Promise<number>;
  const told = () => world.transport.of('draft-expiring');
  const isThere = async () => (await world.stores.avatars.find(avatar)) !== null;
  const isGoneAfter = async (days: number) => {
    world.clock.advance(days * day);
    await expire();
    return !(await isThere());
  };

  beforeEach(async () => {
    world = new TrainingWorld();
    const { database, media, clock, log, transport, trainingPolicy } = world;
    const deletion = new DeleteAvatar({ database, media, clock });
    const upkeep = new ExpireDrafts({
      database,
      transports: [transport],
      deleteAvatar: deletion,
      clock,
      policy: trainingPolicy,
      log,
    });
    expire = () => upkeep.execute();
    avatar = (await world.draft({ photos: 3 })).id;
  });

  it('is announced three days before, once, and goes after 30 days with its photos', async () => {
    expect(await isGoneAfter(26)).toBe(false);
    expect(told()).toEqual([]);
    expect(await isGoneAfter(1.1)).toBe(false);
    expect(told()).toMatchObject([{ avatar: { id: avatar }, photos: 3, draft: { owner: someone } }]);
    expect(told()[0]?.expiresAt).toEqual(new Date(world.clock.now().getTime() + 3 * day * 1000));
    expect(await isGoneAfter(2.9)).toBe(false);
    expect(await isGoneAfter(0.2)).toBe(true);
    expect(told()).toHaveLength(1);
    expect(await world.stores.avatarDrafts.find(avatar)).toBeNull();
    expect([...world.media.files.keys()].filter((key) => key.startsWith('photos/'))).toEqual([]);
  });

  it('stays for another 30 days when its owner goes on with it', async () => {
    expect(await isGoneAfter(28)).toBe(false);
    await world.updateAvatarDraft.saveTransportState({ owner: someone, avatar }, { collecting: true });
    expect(await isGoneAfter(10)).toBe(false);
    expect(told()).toHaveLength(1);
    expect(await isGoneAfter(18)).toBe(false);
    expect(told()).toHaveLength(2);
    expect(await isGoneAfter(4)).toBe(true);
  });

  it('stays when photos come in for it', async () => {
    await isGoneAfter(28);
    const bytes = await picture('jpeg', 40, 40);
    world.judgement = () => ({ kind: 'judged', picture: bytes, fingerprint: '0'.repeat(16), warnings: [] });
    await world.addPhotos.execute({ avatar, file: Uint8Array.of(1) }, { owner: someone });
    expect(await isGoneAfter(20)).toBe(false);
    expect(told()).toHaveLength(1);
  });

  it('stays when its owner comes back in the very moment in which it would go', async () => {
    await isGoneAfter(28);
    world.clock.advance(4 * day);
    const { avatarDrafts } = world.stores;
    const idle = avatarDrafts.idle.bind(avatarDrafts);
    avatarDrafts.idle = async (...question) => {
      const found = await idle(...question);
      if (found.length > 0) await world.updateAvatarDraft.saveTransportState({ owner: someone, avatar }, {});
      return found;
    };
    expect(await expire()).toBe(0);
    expect(await isThere()).toBe(true);
  });

  it('has its full notice also when nobody looked for long', async () => {
    expect(await isGoneAfter(100)).toBe(false);
    expect(told()).toHaveLength(1);
    expect(await isGoneAfter(2.9)).toBe(false);
    expect(await isGoneAfter(0.2)).toBe(true);
  });

  it('is announced later when its owner cannot be told now', async () => {
    world.transport.delayNext();
    expect(await isGoneAfter(28)).toBe(false);
    expect(await isGoneAfter(0.1)).toBe(false);
    expect(told()).toHaveLength(1);
    expect(await isGoneAfter(2.95)).toBe(false);
    expect(await isGoneAfter(0.1)).toBe(true);
  });

  it('is none when it is being trained, or was ready before', async () => {
    await world.requested();
    const before = await world.stores.avatars.list(someone);
    await isGoneAfter(28);
    await isGoneAfter(4);
    expect((await world.stores.avatars.list(someone)).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id).filter((id) => id !== avatar),
    );
  });
});
