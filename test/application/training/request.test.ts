import { beforeEach, describe, expect, it } from 'vitest';
import { avatarId, userId } from '../../../src/domain/ids.js';
import { aDraftPhoto, aTrainingPolicy } from '../../support/builders/a-training.js';
import { aFinetuneModel } from '../../support/builders/an-avatar.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { policy, TrainingWorld } from './training-world.js';

const origin = { transport: 'test', address: { chat: 7 } };

describe('asking for a training', () => {
  let world: TrainingWorld;
  const account = () => world.stores.ledger.account(someone);
  beforeEach(() => {
    world = new TrainingWorld();
  });

  it('makes one training and one hold of two taps at once', async () => {
    const avatar = await world.draft();
    const taps = ['tap-1', 'tap-1', 'tap-2'].map((requestKey) =>
      world.request.execute({ avatar: avatar.id }, { owner: someone, requestKey }),
    );
    const made = await Promise.all(taps);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await account()).toEqual({ balance: 50, held: 150 });
    await world.run();
    expect(world.trainer.bought).toHaveLength(1);
  });

  it('keeps what it is reckoned to cost at fal', async () => {
    const avatar = await world.draft();
    const made = await world.request.execute({ avatar: avatar.id, speed: 'balanced' }, { owner: someone });
    expect(made.cost).toBe(6_000_000);
    await world.run();
    expect(await world.stores.trainings.find(made.id)).toMatchObject({ status: 'training', cost: 6_000_000 });
  });

  it('returns what an old tap made, also after that has ended', async () => {
    const avatar = await world.draft();
    const request = [{ avatar: avatar.id }, { owner: someone, requestKey: 'tap-1' }] as const;
    const made = await world.request.execute(...request);
    await world.cancel.execute({ id: made.id }, { owner: someone });
    expect(await world.request.execute(...request)).toMatchObject({ id: made.id, status: 'cancelled' });
    expect(await account()).toEqual({ balance: 200, held: 0 });
  });

  it.each([
    ['nine photos', { photos: 9 }, { code: 'not_enough_photos', kept: 9, needed: 10 }],
    ['too little money', { credits: 149 }, { code: 'insufficient_credits', needed: 150, balance: 149 }],
  ])('refuses %s before anything is held', async (_, changes, refusal) => {
    const avatar = await world.draft(changes);
    const before = await account();
    await expect(world.request.execute({ avatar: avatar.id }, { owner: someone })).rejects.toMatchObject({
      refusal,
    });
    expect(await account()).toEqual(before);
    expect(await world.stores.trainings.ofAvatar(avatar.id)).toEqual([]);
    expect((await world.avatar(avatar.id)).status).toBe('draft');
  });

  it('does not count photos that wait for a word', async () => {
    const avatar = await world.draft({ photos: 9 });
    await world.stores.photos.add(
      aDraftPhoto({ avatar: avatar.id, status: 'warned', warnings: ['blurred'] }),
    );
    await expect(world.request.execute({ avatar: avatar.id }, { owner: someone })).rejects.toMatchObject({
      code: 'not_enough_photos',
    });
  });

  it('refuses without consent, and takes consent from adults only', async () => {
    await givenUser(world.stores, { id: someone, credits: 200 });
    const { avatar } = await world.startDraft.execute({ type: 'portrait' }, { owner: someone, origin });
    const mine = { owner: someone, avatar: avatar.id };
    await expect(world.request.execute({ avatar: avatar.id }, { owner: someone })).rejects.toMatchObject({
      code: 'consent_required',
    });
    await expect(
      world.updateAvatarDraft.consent({ avatar: mine.avatar, subject: 'self', adults: false }, mine),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(
      world.updateAvatarDraft.consent({ avatar: mine.avatar, subject: 'style', adults: true }, mine),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const { consent } = await world.updateAvatarDraft.consent(
      { avatar: mine.avatar, subject: 'permitted', adults: true },
      mine,
    );
    expect(consent).toEqual({ subject: 'permitted', adults: true, givenAt: world.clock.now() });
    world.clock.advance(60);
    const again = await world.updateAvatarDraft.consent(
      { avatar: mine.avatar, subject: 'self', adults: true },
      mine,
    );
    expect(again.consent).toEqual(consent);
  });

  it("finds nothing of somebody else's", async () => {
    const avatar = await world.draft();
    const foreign = { owner: somebodyElse, avatar: avatar.id };
    const file = Uint8Array.of(1);
    const photo = (await world.stores.photos.list(avatar.id))[0]?.id ?? aDraftPhoto().id;
    for (const attempt of [
      () => world.request.execute({ avatar: avatar.id }, { owner: somebodyElse }),
      () => world.request.quote({ avatar: avatar.id }, { owner: somebodyElse }),
      () =>
        world.updateAvatarDraft.consent({ avatar: foreign.avatar, subject: 'self', adults: true }, foreign),
      () => world.updateAvatarDraft.reopen({ avatar: foreign.avatar }, { ...foreign, origin }),
      () => world.updateAvatarDraft.saveTransportState(foreign, {}),
      () => world.addPhotos.execute({ avatar: foreign.avatar, file }, foreign),
      () => world.sortPhotos.list({ avatar: foreign.avatar }, foreign),
      () => world.sortPhotos.remove({ avatar: foreign.avatar, photo }, foreign),
      () => world.sortPhotos.keep({ avatar: foreign.avatar, photo }, foreign),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'avatar_not_found' });
    const training = await world.request.execute({ avatar: avatar.id }, { owner: someone });
    await expect(world.cancel.execute({ id: training.id }, { owner: somebodyElse })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('makes a style LoRA of an avatar that holds a finetune, which goes on working meanwhile', async () => {
    await givenUser(world.stores, { id: someone, credits: 200 });
    const avatar = await givenAvatar(world.stores, {
      type: 'artistic',
      model: aFinetuneModel,
      trigger: 'ARTST',
    });
    const mine = { owner: someone, avatar: avatar.id };
    await world.updateAvatarDraft.reopen({ avatar: mine.avatar }, { ...mine, origin });
    await world.updateAvatarDraft.consent({ avatar: mine.avatar, subject: 'style', adults: true }, mine);
    for (let count = 0; count < 10; count += 1) {
      const photo = aDraftPhoto({ avatar: avatar.id });
      world.media.files.set(photo.mediaKey, Buffer.from('x'));
      await world.stores.photos.add(photo);
    }
    const training = await world.request.execute({ avatar: avatar.id }, { owner: someone });
    await world.run();
    expect(world.trainer.bought[0]?.order).toMatchObject({
      endpoint: 'fal-ai/flux-lora-fast-training',
      trigger: 'ARTST',
    });
    expect(await world.avatar(avatar.id)).toMatchObject({ status: 'ready', model: aFinetuneModel });
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    expect(await world.avatar(avatar.id)).toMatchObject({ model: { kind: 'lora' }, trigger: 'ARTST' });
  });

  it('draws a trigger that none of the owner’s avatars has', async () => {
    await givenUser(world.stores, { id: someone });
    const drawn = [];
    for (let count = 0; count < 5; count += 1)
      drawn.push((await world.startDraft.execute({ type: 'portrait' }, { owner: someone, origin })).avatar);
    expect(new Set(drawn.map(({ trigger }) => trigger)).size).toBe(5);
    expect(drawn.map(({ name }) => name)).toEqual([
      'Avatar 1',
      'Avatar 2',
      'Avatar 3',
      'Avatar 4',
      'Avatar 5',
    ]);
    for (const { trigger } of drawn) expect(trigger).toMatch(/^[A-Z]{5}[1-9]\d$/);
  });

  it('lets in only those who may come', async () => {
    world = new TrainingWorld({ ...policy, allowedUsers: new Set([userId('9')]) });
    await expect(
      world.startDraft.execute({ type: 'portrait' }, { owner: someone, origin }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(
      world.request.execute({ avatar: avatarId('20000000-0000-4000-8000-000000000001') }, { owner: someone }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('says what a training costs and takes', async () => {
    const avatar = await world.draft();
    expect(await world.request.quote({ avatar: avatar.id }, { owner: someone })).toMatchObject({
      isFree: false,
      balance: 200,
      hasConsent: true,
      set: { kept: 10, isEnough: true },
      choices: [
        { speed: 'fast', steps: 1000, seconds: 180, price: 60 },
        { speed: 'balanced', steps: 2500, price: 150 },
        { speed: 'quality', steps: 4000, price: 240 },
      ],
    });
  });

  it('costs what the operator asks for at its speed, and is free as often as they say', async () => {
    const portrait = { fast: 10, balanced: 50, quality: 90 };
    const artistic = { fast: 7, balanced: 7, quality: 7 };
    const prices = { portrait, artistic };
    world = new TrainingWorld(policy, aTrainingPolicy({ prices, freeRetrains: 0 }));
    const style = await givenAvatar(world.stores, { type: 'artistic', model: aFinetuneModel });
    const ofStyle = await world.request.quote({ avatar: style.id }, { owner: someone });
    expect(ofStyle.choices.map(({ price }) => price)).toEqual([7, 7, 7]);
    const avatar = await world.draft();
    expect((await world.request.quote({ avatar: avatar.id }, { owner: someone })).choices).toMatchObject([
      { price: 10 },
      { price: 50 },
      { price: 90 },
    ]);
    const training = await world.request.execute({ avatar: avatar.id, speed: 'quality' }, { owner: someone });
    expect(training).toMatchObject({ price: 90, isFree: false });
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 110, held: 90 });
    await world.run();
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    expect(await world.request.quote({ avatar: avatar.id }, { owner: someone })).toMatchObject({
      isFree: false,
    });
  });

  it('keeps what the way in notes about a draft', async () => {
    const avatar = await world.draft();
    const mine = { owner: someone, avatar: avatar.id };
    await world.updateAvatarDraft.saveTransportState(mine, { message: 5, step: 'photos' });
    expect(
      (await world.updateAvatarDraft.saveTransportState(mine, { step: 'price' })).transportState,
    ).toEqual({
      message: 5,
      step: 'price',
    });
  });
});
