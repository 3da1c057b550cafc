import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { AvatarWorld, labelled, shows, withButton } from '../support/avatar-world.js';

const [sister, stranger] = [1, 2] as const;

let world: AvatarWorld;
beforeAll(async () => {
  world = await AvatarWorld.open(['Ada', 'Grace'].map((firstName) => ({ firstName, languageCode: 'en' })));
});
afterAll(() => world.close());

const mainOf = async () => (await world.avatarsOf(sister)).find(({ isMain }) => isMain)?.name;
const pictures = () =>
  world.telegram.drive
    .messages(sister)
    .filter(({ photo, caption }) => photo !== undefined && caption?.includes('seed'));
const picture = (number: number): Promise<MessageView> =>
  world.telegram.drive.waitFor(() => pictures()[number - 1]);

// Each chapter goes on where the one before it ended.
describe('one picture after another', { shuffle: false }, () => {
  it('the first avatar is drawn from now on, a second one when its owner says so', async () => {
    const { drive } = world.telegram;
    await world.trained(sister, 'Ada');
    const first = await world.message(sister, shows('“Ada” is ready'));
    expect(first.text).toContain('From now on your prompts draw Ada');
    expect(withButton('⭐ Use')(first)).toBe(false);

    await world.trained(sister, 'Bea');
    const second = await world.message(sister, shows('“Bea” is ready'));
    expect(second.text).toContain('Your prompts still draw Ada');
    expect(await mainOf()).toBe('Ada');
    const use = labelled(second, '⭐ Use Bea from now on');
    // Nobody else decides that.
    drive.start(stranger);
    const forged = await world.forge(stranger, use);
    expect(await drive.tap(stranger, forged, use)).toMatchObject({ show_alert: true });
    expect(await mainOf()).toBe('Ada');
    await drive.tap(sister, second.id, use);
    await expect.poll(mainOf).toBe('Bea');
    const used = await drive.waitFor(() =>
      drive
        .messages(sister)
        .find(({ id, ...shown }) => id === second.id && !withButton('⭐ Use')({ id, ...shown })),
    );
    expect(withButton('🎨 Make a picture')(used)).toBe(true);
  });

  it('makes the next picture like the one before, from the file that is kept', async () => {
    const { drive } = world.telegram;
    const main = (await world.avatarsOf(sister)).find(({ isMain }) => isMain);
    drive.sendText(sister, 'on a horse --seed 7');
    const one = await picture(1);
    await drive.tap(sister, one.id, '🎲 Vary');
    const how = await world.message(sister, withButton('🎲 More'));
    const more = labelled(how, '🎲 More · 5');
    await Promise.all([drive.tap(sister, how.id, more), drive.tap(sister, how.id, more)]);
    const two = await picture(2);
    const [variation, ...others] = world.fal
      .requests()
      .filter(({ endpoint }) => endpoint === 'fal-ai/flux-lora/image-to-image');
    expect(others).toEqual([]);
    expect(variation?.input).toMatchObject({
      prompt: `${main?.trigger} on a horse`,
      strength: 0.7,
      num_images: 1,
      image_url: expect.stringContaining(world.fal.url),
    });
    await drive.tap(sister, two.id, 'ℹ Info');
    await world.message(sister, shows('Changed: 70%'));
    // Training both took 120 of 200.
    expect(await world.account(sister)).toEqual({ balance: 70, held: 0 });
  });
});
