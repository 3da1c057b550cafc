import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoReport } from '../../../src/application/avatars/photos/add-photos.js';
import { PurgeCounts } from '../../../src/application/upkeep/purge-counts.js';
import { photoLimits } from '../../../src/domain/avatar/photo.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { AvatarId } from '../../../src/domain/ids.js';
import { picture } from '../../contracts/media-store.js';
import { aDraftPhoto } from '../../support/builders/a-training.js';
import { someone } from '../../support/builders/ids.js';
import { TrainingWorld } from './training-world.js';

describe('photos of a draft', () => {
  let world: TrainingWorld;
  let jpeg: Buffer;
  let avatar: AvatarId;
  let sent = 0;
  const send = (file?: Uint8Array): Promise<PhotoReport> => {
    sent += 1;
    const given = file ?? Uint8Array.of(1, 2, sent);
    return world.addPhotos.execute({ avatar, file: given, name: 'me.jpg' }, { owner: someone });
  };
  const codes = (reports: readonly PhotoReport[]) =>
    reports.flatMap(({ verdicts }) =>
      verdicts.map((one) => (one.status === 'refused' ? one.reason : one.status)),
    );

  beforeEach(async () => {
    world = new TrainingWorld();
    jpeg = await picture('jpeg', 40, 40);
    world.judgement = () => ({
      kind: 'judged',
      picture: jpeg,
      fingerprint: aDraftPhoto().fingerprint,
      warnings: [],
    });
    avatar = (await world.draft({ photos: 0 })).id;
  });

  it('keeps a good one, and says what the set still lacks', async () => {
    const { verdicts, set } = await send();
    expect(verdicts).toMatchObject([
      { status: 'kept', name: 'me.jpg', photo: { width: 40, owner: someone } },
    ]);
    expect(set).toEqual({ kept: 1, warned: 0, isEnough: false, advice: [{ code: 'add_more', count: 9 }] });
  });

  it('keeps exactly 20 of two albums of 10 and 3 more that come at once, and says so', async () => {
    const reports = await Promise.all(Array.from({ length: 23 }, () => send()));
    expect(codes(reports).filter((code) => code === 'kept')).toHaveLength(20);
    expect(codes(reports).filter((code) => code === 'set_full')).toHaveLength(3);
    const kept = await world.stores.photos.list(avatar);
    expect(kept).toHaveLength(20);
    // Nothing of the refused ones stays behind.
    expect([...world.media.files.keys()]).toHaveLength(40);
  });

  it('takes the same file once, also when it comes twice at once', async () => {
    const file = Uint8Array.of(9, 9, 9);
    const reports = await Promise.all([send(file), send(file)]);
    expect(codes(reports).sort()).toEqual(['duplicate', 'kept']);
    expect(codes([await send(file)])).toEqual(['duplicate']);
  });

  it('tries a file twice that takes the process down, then refuses it, also in a ZIP', async () => {
    const [good, trap] = [Uint8Array.of(1, 1), Uint8Array.of(6, 6, 6)];
    const { judgement } = world;
    let begun = 0;
    world.judgement = (file) => {
      if (file.length !== trap.length) return judgement(file);
      begun += 1;
      // As it looks to the next process: it was begun, and nothing came of it.
      throw new Error('killed');
    };
    Object.assign(world.archives, {
      isArchive: (file: Uint8Array) => file.length === 1,
      async *files() {
        for (const bytes of [good, trap]) yield { name: 'photo.jpg', bytes };
      },
    });
    const zip = () =>
      world.addPhotos.execute({ avatar, file: Uint8Array.of(0) }, { owner: someone, upload: 'zip' });
    await expect(zip()).rejects.toThrow('killed');
    await expect(zip()).rejects.toThrow('killed');
    expect(codes([await zip()])).toEqual(['kept', 'too_costly']);
    expect(codes([await send(trap)])).toEqual(['too_costly']);
    expect(begun).toBe(2);
    world.clock.advance(90_000);
    await new PurgeCounts({ database: world.database, clock: world.clock }).execute();
    await expect(send(trap)).rejects.toThrow('killed');
  });

  it('knows a sending again whose answer was lost, and still a photo that is in it twice', async () => {
    const [one, two] = [Uint8Array.of(7, 1), Uint8Array.of(7, 2)];
    const files = [one, two, one];
    Object.assign(world.archives, {
      isArchive: () => true,
      async *files() {
        for (const [index, bytes] of files.entries()) yield { name: `${index}.jpg`, bytes };
      },
    });
    const again = (upload?: string) =>
      world.addPhotos.execute({ avatar, file: Uint8Array.of(0) }, { owner: someone, upload });
    const first = codes([await again('sending-1')]);
    expect(first).toEqual(['kept', 'kept', 'duplicate']);
    expect(codes([await again('sending-1')])).toEqual(first);
    expect(codes([await again('sending-2')])).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(codes([await again()])).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await world.stores.photos.list(avatar)).toHaveLength(2);
    expect(world.media.files.size).toBe(4);
  });

  it('knows a sending again that fills the set, and one that two processes have in hand', async () => {
    for (let count = 0; count < 19; count += 1) await world.stores.photos.add(aDraftPhoto({ avatar }));
    const file = Uint8Array.of(8, 8);
    const again = () => world.addPhotos.execute({ avatar, file }, { owner: someone, upload: 'sending-3' });
    expect(codes(await Promise.all([again(), again()]))).toEqual(['kept', 'kept']);
    expect(codes([await again()])).toEqual(['kept']);
    expect(await world.stores.photos.list(avatar)).toHaveLength(20);
    expect(world.media.files.size).toBe(2);
  });

  it('asks about one that looks like another', async () => {
    const fingerprints = ['0f0f0f0f0f0f0f0f', '0f0f0f0f0f0f0f00', 'f0f0f0f0f0f0f0f0'];
    let at = 0;
    world.judgement = () => {
      const fingerprint = fingerprints[at] ?? '';
      at += 1;
      return { kind: 'judged', picture: jpeg, fingerprint, warnings: [] };
    };
    expect(codes([await send(), await send(), await send()])).toEqual(['kept', 'warned', 'kept']);
    const warned = (await world.stores.photos.list(avatar)).find(({ status }) => status === 'warned');
    expect(warned?.warnings).toEqual(['near_duplicate']);
  });

  it('lets the owner keep a warned one or remove it with its files', async () => {
    world.judgement = () => ({
      kind: 'judged',
      picture: jpeg,
      fingerprint: aDraftPhoto().fingerprint,
      warnings: ['blurred'],
    });
    await send();
    await send();
    const { photos, set } = await world.sortPhotos.list({ avatar }, { owner: someone });
    expect(set).toMatchObject({ kept: 0, warned: 2 });
    const [first, second] = photos;
    if (first === undefined || second === undefined) throw new Error('two were sent');
    const kept = await world.sortPhotos.keep({ avatar, photo: first.id }, { owner: someone });
    expect(kept.set).toMatchObject({ kept: 1, warned: 1 });
    await world.sortPhotos.remove({ avatar, photo: second.id }, { owner: someone });
    expect(world.media.files.has(second.mediaKey)).toBe(false);
    expect(world.media.files.has(first.mediaKey)).toBe(true);
    const again = world.sortPhotos.remove({ avatar, photo: second.id }, { owner: someone });
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses 20 MB and one byte without looking at it', async () => {
    expect(codes([await send(new Uint8Array(photoLimits.bytes + 1))])).toEqual(['file_too_large']);
  });

  it('passes on why a file is no photo', async () => {
    world.judgement = () => ({ kind: 'refused', reason: 'too_small' });
    expect(codes([await send()])).toEqual(['too_small']);
    expect(world.media.files.size).toBe(0);
  });

  it('takes nothing in while the trainer has the photos', async () => {
    const full = await world.draft({ photos: 10 });
    const training = await world.request.execute({ avatar: full.id }, { owner: someone });
    const refused = { code: 'wrong_state' };
    avatar = full.id;
    await expect(send()).rejects.toMatchObject(refused);
    const [photo] = await world.stores.photos.list(full.id);
    if (photo === undefined) throw new Error('there are photos');
    await expect(
      world.sortPhotos.remove({ avatar: full.id, photo: photo.id }, { owner: someone }),
    ).rejects.toMatchObject(refused);
    await world.cancel.execute({ id: training.id }, { owner: someone });
    expect(codes([await send()])).toEqual(['kept']);
  });

  it('judges each file of an archive, and none of one that is refused as a whole', async () => {
    world.archives.isArchive = () => true;
    world.archives.files = async function* () {
      yield { name: 'a.jpg', bytes: Uint8Array.of(1) };
      yield { name: 'b.jpg', refused: 'file_too_large' };
    };
    expect(codes([await send()])).toEqual(['kept', 'file_too_large']);
    world.archives.files = () => {
      throw new DomainError({ code: 'archive_refused', reason: 'unsafe_names' });
    };
    await expect(send()).rejects.toMatchObject({ code: 'archive_refused' });
  });
});
