import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipArchiveWriter } from '../../../src/adapters/archives/zip-archive-writer.js';
import { DeleteUser } from '../../../src/application/personal-data/delete-user.js';
import { ExportUserData } from '../../../src/application/personal-data/export-user-data.js';
import { DescribeStoredData } from '../../../src/application/personal-data/stored-data.js';
import { userId } from '../../../src/domain/ids.js';
import { picture } from '../../contracts/media-store.js';
import { aBroadcast, openToAll } from '../../support/builders/a-broadcast.js';
import { aPayment, aSubscription } from '../../support/builders/a-payment.js';
import { aPercentPromo, aPromo } from '../../support/builders/a-promo.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { aTrainingPolicy } from '../../support/builders/a-training.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { longAgo, nextUuid, secondsLater, somebodyElse, someone } from '../../support/builders/ids.js';
import { TrainingWorld } from '../training/training-world.js';

const mine = [{ user: someone }, { owner: someone }] as const;
const foreign = [{ user: someone }, { owner: somebodyElse }] as const;

describe('what is stored of a person', () => {
  let world: TrainingWorld;
  let describeData: DescribeStoredData;
  let exportData: ExportUserData;
  let deleteUser: DeleteUser;

  beforeEach(async () => {
    world = new TrainingWorld();
    const { database, media, clock, ids, log } = world;
    describeData = new DescribeStoredData({ database, policy: aTrainingPolicy() });
    exportData = new ExportUserData({ database, media, archives: new ZipArchiveWriter(), log });
    deleteUser = new DeleteUser({ database, media, clock, ids, log });
    const training = await world.requested();
    await world.run();
    world.trainer.finish('training-ticket-1');
    await world.collectFor('worker-1').execute(training.id);
    const { id: generation } = await givenGeneration(world.stores, {
      status: 'delivered',
      avatar: training.avatar,
      prompt: 'a secret',
      price: 0,
    });
    const stored = await media.saveImage('images/1', once(await picture('jpeg', 30, 30)));
    await world.stores.images.add([{ ...anImageRow({ generation }), ...stored }]);
    await givenUser(world.stores, { id: somebodyElse });
  });

  it('can be asked for, taken along and deleted by the person alone', async () => {
    const before = new Map(world.media.files);
    for (const attempt of [describeData, exportData, deleteUser])
      await expect(attempt.execute(...foreign)).rejects.toMatchObject({ code: 'not_found' });
    expect(world.media.files).toEqual(before);
    expect(await world.stores.avatars.list(someone)).toHaveLength(1);
  });

  it('is named with its numbers and how long it stays', async () => {
    expect(await describeData.execute(...mine)).toEqual({
      counts: { avatars: 1, photos: 10, trainings: 1, generations: 1, images: 1, ledgerEntries: 4 },
      photoDays: 30,
      replacedWeightsDays: 30,
      draftDays: 30,
      atFal: { photosHours: 6, weightsDays: 30, imagesDays: 1, wordsDays: 30 },
    });
  });

  it('comes as one ZIP with everything in it', async () => {
    const { payments, subscriptions, promos, referrals, users, moneyMessages } = world.stores;
    const paid = aPayment({ charge: 'first', until: secondsLater(60) });
    await payments.add(paid);
    await payments.add(aPayment({ user: somebodyElse }));
    await subscriptions.put(aSubscription());
    await promos.add(aPromo());
    await promos.redeem(aPromo(), someone, longAgo);
    const percent = aPercentPromo({ code: 'ZZZZ', shown: 'ZZZZ' });
    await promos.add(percent);
    await promos.redeem(percent, someone, longAgo);
    await promos.spend(percent.code, someone, 'first');
    const friend = userId('4004');
    await users.ensure({ id: friend, now: longAgo });
    await referrals.add({ friend, by: someone, at: longAgo });
    await referrals.add({ friend: someone, by: somebodyElse, at: longAgo });
    for (const [kind, subject, user] of [
      ['receipt', 'first', someone],
      ['reward', friend, someone],
      ['receipt', 'theirs', somebodyElse],
    ] as const)
      await moneyMessages.add({ kind, subject, user }, longAgo);
    await givenUser(world.stores, { id: someone });
    const hook = { id: nextUuid(), owner: someone, url: 'https://shop.example/', createdAt: longAgo };
    await world.stores.eventHooks.add({ ...hook, events: ['training.ready'], secret: 'whsec_secret' }, 10);
    const { broadcasts } = world.stores;
    await broadcasts.add(aBroadcast(), openToAll);
    await broadcasts.setUnreachable(someone, secondsLater(9));
    const { fileName, body } = await exportData.execute(...mine);
    expect(fileName).toBe('my-data-1001.zip');
    const zip = await fromBufferPromise(await buffer(body));
    const files = new Map<string, Buffer>();
    for await (const entry of zip.eachEntry())
      files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
    const names = [...files.keys()];
    expect(names[0]).toBe('data.json');
    expect(names.filter((name) => name.startsWith('photos/'))).toHaveLength(10);
    expect(names).toContain('images/1.jpg');
    expect(names.filter((name) => name.startsWith('weights/'))).toHaveLength(1);
    const text = files.get('data.json')?.toString() ?? '';
    const data = JSON.parse(text);
    expect(text).not.toContain('whsec_secret');
    expect(data).toMatchObject({
      webhooks: [{ ...hook, createdAt: longAgo.toJSON(), events: ['training.ready'] }],
      payments: [{ charge: 'first', stars: 100, credits: 50 }],
      subscriptions: [{ firstCharge: 'first', state: 'active' }],
      promoCodes: [
        { code: aPromo().shown, at: longAgo.toJSON(), percent: null, charge: null },
        { code: 'ZZZZ', at: longAgo.toJSON(), percent: 20, charge: 'first' },
      ],
      messagesOwed: [
        { kind: 'receipt', createdAt: longAgo.toJSON(), payment: 'first' },
        { kind: 'reward', createdAt: longAgo.toJSON() },
      ],
      invitedAt: longAgo.toJSON(),
      friendsInvited: [{ at: longAgo.toJSON(), credits: 0, taken: null }],
    });
    // Neither who came by their link nor whose link they came by.
    expect(text).not.toMatch(new RegExp(`"(${friend}|${somebodyElse})"`));
    expect(data).toMatchObject({
      user: { id: someone },
      avatars: [{ name: 'Ada', status: 'ready' }],
      generations: [{ prompt: 'a secret' }],
      credits: { balance: 50 },
      broadcasts: {
        unreachableSince: secondsLater(9).toJSON(),
        copies: [{ begunAt: longAgo.toJSON(), state: 'waiting', at: null }],
      },
    });
  });

  it('goes on with the export when a file has just been deleted', async () => {
    world.media.files.delete('images/1.jpg');
    const { body } = await exportData.execute(...mine);
    const zip = await fromBufferPromise(await buffer(body));
    expect(zip.entryCount).toBe(12);
    expect(world.log.at('warn')).toEqual(['a file is left out of an export: it is gone']);
  });

  it('is not handed out as if it were whole when a file cannot be read', async () => {
    const read = world.media.read.bind(world.media);
    world.media.read = async (key) => {
      if (key === 'images/1.jpg') throw new Error('the disk is broken');
      return read(key);
    };
    const { body } = await exportData.execute(...mine);
    await expect(buffer(body)).rejects.toThrow('the disk is broken');
  });

  it('is deleted with its files, with a receipt, and the books still add up', async () => {
    const receipt = await deleteUser.execute(...mine);
    expect(receipt.counts).toMatchObject({ avatars: 1, photos: 10, images: 1, moneyRecordsKept: 4 });
    expect(await world.stores.personal.findReceipt(receipt.id)).toEqual(receipt);
    expect(receipt.atFal).toMatchObject({ finetunes: 0, restUntil: expect.any(Date) });
    expect(JSON.stringify(receipt)).not.toContain(someone);
    expect([...world.media.files.keys()]).toEqual([]);
    expect((await describeData.execute(...mine)).counts).toMatchObject({ avatars: 0, photos: 0, images: 0 });
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 50, held: 0 });
    expect(await world.stores.ledger.breaches()).toEqual([]);
  });

  it('calls open work off first, gives its holds back, and tells nobody', async () => {
    world = new TrainingWorld();
    const { database, media, clock, ids, log } = world;
    const training = await world.requested();
    await world.run();
    await givenGeneration(world.stores, { status: 'accepted', price: 0 });
    const told = world.transport.attempts;
    await new DeleteUser({ database, media, clock, ids, log }).execute(...mine);
    expect(await world.training(training.id)).toMatchObject({ status: 'cancelled' });
    expect(await world.stores.ledger.account(someone)).toEqual({ balance: 200, held: 0 });
    await world.run();
    clock.advance(3600);
    await world.sweep.execute();
    await world.run();
    expect(world.transport.attempts).toBe(told);
    expect(world.trainer.cancelled).toEqual(['training-ticket-1']);
    expect(await world.stores.generations.countOpen(someone)).toBe(0);
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
