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
    expect(first.text).toContain('From now on I make pictures of Ada');
    expect(withButton('⭐ Use')(first)).toBe(false);

    await world.trained(sister, 'Bea');
    const second = await world.message(sister, shows('“Bea” is ready'));
    expect(second.text).toContain('I still make pictures of Ada');
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
    expect(used.buttons.flat()).toContainEqual({ text: '✓ ⭐ Use Bea from now on', isDisabled: true });
  });

  it('makes the next picture like the one before, from the file that is kept', async () => {
    const { drive } = world.telegram;
    const main = (await world.avatarsOf(sister)).find(({ isMain }) => isMain);
    drive.sendText(sister, 'on a horse --seed 7');
    const one = await picture(1);
    await drive.tap(sister, one.id, '🎲 Vary');
    const how = await world.message(sister, withButton('Medium'));
    const more = labelled(how, 'Medium · 5');
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

  it('shows somebody else at a tap while it is being made, for the price of one', async () => {
    const { drive } = world.telegram;
    const fault = { kind: 'hang' } as const;
    world.fal.faults.add({ step: 'job', endpoint: 'fal-ai/flux-lora', fault, times: 1 });
    drive.sendText(sister, 'at the sea');
    const waiting = await world.message(sister, withButton('👤 Other avatar'));
    const other = labelled(waiting, '👤 Other avatar');
    await drive.tap(sister, waiting.id, other);
    const menu = await world.message(sister, shows('Who should be in it?'));
    expect(menu.buttons.flat().map(({ text }) => text)).toEqual(['Ada · 5']);
    const ada = labelled(menu, 'Ada');
    for (const data of [other, ada])
      expect(await drive.tap(stranger, await world.forge(stranger, data), data)).toMatchObject({
        show_alert: true,
      });
    await Promise.all([drive.tap(sister, menu.id, ada), drive.tap(sister, menu.id, ada)]);
    const three = await picture(3);
    expect(three.caption).toContain('Ada');
    const ended = await drive.waitFor(() =>
      drive.messages(sister).find(({ id, text }) => id === waiting.id && text?.includes('Cancelled')),
    );
    expect(ended.text).toContain('5\u00a0credits refunded');
    expect(await world.account(sister)).toEqual({ balance: 65, held: 0 });
    // It is over: there is nothing to be made otherwise.
    await drive.tap(sister, await world.forge(sister, ada), ada);
    expect(pictures()).toHaveLength(3);
  });

  it('makes what was called off after all, as it was ordered or changed', async () => {
    const { drive } = world.telegram;
    const ended = await world.message(sister, withButton('🔁 Try again · 5'));
    const again = labelled(ended, '🔁 Try again · 5');
    await Promise.all([drive.tap(sister, ended.id, again), drive.tap(sister, ended.id, again)]);
    const four = await picture(4);
    expect(four.caption).toContain('Bea');
    expect(await world.account(sister)).toEqual({ balance: 60, held: 0 });
    await drive.tap(sister, ended.id, labelled(ended, '✍ Change'));
    const form = await world.message(sister, shows('at the sea'));
    expect(form.text).toContain('Bea');
    await drive.tap(sister, four.id, labelled(four, '✍ Edit'));
    await drive.tap(sister, four.id, labelled(four, '🔁 Again'));
    expect((await picture(5)).caption).not.toBe(four.caption);
  });
});
