import { beforeEach, expect, it } from 'vitest';
import { openDrafts } from '../../../src/application/avatars/open-drafts.js';
import { AdmitPhotos } from '../../../src/application/avatars/photos/admit-photos.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import type { Mine } from '../../../src/application/avatars/update-avatar-draft.js';
import { plenty } from '../../support/builders/allowances.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { policy, TrainingWorld } from '../training/training-world.js';

let world: TrainingWorld;
let admitPhotos: AdmitPhotos;
beforeEach(() => {
  world = new TrainingWorld({ ...policy, allowances: { ...plenty, upload_bytes: 100 } });
  admitPhotos = new AdmitPhotos({ database: world.database, clock: world.clock, policy: world.rules });
});
const origin = { transport: 'test', address: {} };

async function started(): Promise<Mine> {
  const { avatar } = await world.startDraft.execute({ type: 'portrait' }, { owner: someone, origin });
  world.clock.advance(1);
  return { owner: someone, avatar: avatar.id };
}
async function opened(mine?: Mine): Promise<Mine> {
  const draft = mine ?? (await started());
  await world.updateAvatarDraft.open({ avatar: draft.avatar }, draft);
  world.clock.advance(1);
  return draft;
}
const goTo = async (bytes = 1) => (await admitPhotos.execute({ owner: someone, bytes }))?.avatar.id ?? null;

it('sends photos to the draft that its owner turned to last, whichever is the newest', async () => {
  const first = await opened();
  const second = await opened();
  await started();
  expect(await goTo()).toBe(second.avatar);
  await opened(first);
  expect(await goTo()).toBe(first.avatar);
  const open = await openDrafts(world.stores, someone);
  expect(open.map(({ id }) => id)).toEqual([first.avatar, second.avatar]);
  await world.updateAvatarDraft.close({ avatar: first.avatar }, first);
  expect(await goTo()).toBe(second.avatar);
  await world.updateAvatarDraft.close({ avatar: second.avatar }, second);
  expect(await goTo()).toBeNull();
});

it('sends nobody’s photos to the draft of another', async () => {
  const mine = await opened();
  await givenUser(world.stores, { id: somebodyElse });
  expect(await admitPhotos.execute({ owner: somebodyElse, bytes: 1 })).toBeNull();
  const theirs = { ...mine, owner: somebodyElse };
  const { updateAvatarDraft } = world;
  for (const change of [
    updateAvatarDraft.open({ avatar: theirs.avatar }, theirs),
    updateAvatarDraft.close({ avatar: theirs.avatar }, theirs),
  ])
    await expect(change).rejects.toMatchObject({ code: 'not_found' });
  await expect(updateAvatarDraft.keepName({ avatar: theirs.avatar }, theirs)).rejects.toMatchObject({
    code: 'avatar_not_found',
  });
  expect(await goTo()).toBe(mine.avatar);
});

it('counts what is sent, and says how long to wait when it is too much', async () => {
  expect(await goTo(90)).toBeNull();
  await opened();
  expect(await admitPhotos.execute({ owner: someone, bytes: 90 })).toMatchObject({ wait: null });
  world.clock.advance(60);
  expect(await admitPhotos.execute({ owner: someone, bytes: 11 })).toMatchObject({ wait: 86_340 });
  expect(await admitPhotos.execute({ owner: someone, bytes: 10 })).toMatchObject({ wait: null });
});

it('closes a draft that is trained, and opens it again afterwards alone', async () => {
  const { id: avatar } = await world.draft();
  const mine = await opened({ owner: someone, avatar });
  const training = await world.request.execute({ avatar }, { owner: someone });
  expect(await goTo()).toBeNull();
  const wrong = { code: 'wrong_state', refusal: { status: 'training' } };
  await expect(world.updateAvatarDraft.open({ avatar: mine.avatar }, mine)).rejects.toMatchObject(wrong);
  await expect(
    world.updateAvatarDraft.reopen({ avatar: mine.avatar }, { ...mine, origin }),
  ).rejects.toMatchObject(wrong);
  expect(await goTo()).toBeNull();
  await world.run();
  world.trainer.finish('training-ticket-1');
  await world.collectFor('worker-1').execute(training.id);
  await world.updateAvatarDraft.reopen({ avatar: mine.avatar }, { ...mine, origin });
  expect(await goTo()).toBe(avatar);
});

it('knows that its owner has said what it is called, or is content with the name it has', async () => {
  const { avatarDrafts } = world.stores;
  const [first, second] = [await started(), await started()];
  expect((await avatarDrafts.find(first.avatar))?.named).toBe(false);
  await new UpdateAvatar({ database: world.database, clock: world.clock }).rename(
    { avatar: first.avatar, name: 'Ada' },
    first,
  );
  await world.updateAvatarDraft.keepName({ avatar: second.avatar }, second);
  for (const { avatar } of [first, second]) expect((await avatarDrafts.find(avatar))?.named).toBe(true);
  expect((await avatarDrafts.find((await world.draft()).id))?.named).toBe(true);
});
