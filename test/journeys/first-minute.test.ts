import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { AvatarWorld, type Fits, labelled, shows, withButton } from '../support/avatar-world.js';
import { photograph } from '../support/photographs.js';

/** What a person does; photos and the Start button are not counted. */
class Newcomer {
  taps: string[] = [];
  messages: string[] = [];

  constructor(
    private readonly world: AvatarWorld,
    private readonly person: number,
  ) {}

  start(): void {
    this.world.telegram.drive.start(this.person);
  }

  sees(fits: Fits): Promise<MessageView> {
    return this.world.message(this.person, fits);
  }

  async tap(label: string): Promise<void> {
    const found = await this.sees(withButton(label));
    this.taps.push(label);
    await this.world.telegram.drive.tap(this.person, found.id, labelled(found, label));
  }

  write(text: string): void {
    this.messages.push(text);
    this.world.telegram.drive.sendText(this.person, text);
  }

  async sendPhotos(): Promise<void> {
    const photos = Array.from({ length: 10 }, (_, index) =>
      photograph(600, 700, { seed: 100 * this.person + index }),
    );
    await this.world.telegram.drive.sendAlbum(this.person, await Promise.all(photos));
  }

  picture(): Promise<MessageView> {
    return this.sees(({ photo, caption }) => photo !== undefined && !!caption?.includes('seed'));
  }
}

/** From the Start button to an avatar in training, as the screens lead. */
async function toTraining(newcomer: Newcomer, name: string): Promise<void> {
  newcomer.start();
  await newcomer.tap('➕ Make my avatar');
  await newcomer.tap('👤 A person');
  await newcomer.sees(shows('0 of 10\u00a0photos'));
  newcomer.write(name);
  await newcomer.sees(shows(`${name} · A person`));
  await newcomer.sendPhotos();
  await newcomer.tap('✅ It’s me');
}

const idea = async (newcomer: Newcomer): Promise<string> => {
  const { buttons } = await newcomer.sees(shows('is ready'));
  return buttons.flat().find(({ data }) => data?.startsWith('ai:'))?.text ?? 'an idea';
};

describe('somebody with nothing', () => {
  let world: AvatarWorld;
  beforeAll(async () => {
    const people = ['Ada', 'Grace'].map((firstName) => ({ firstName, languageCode: 'en' }));
    world = await AvatarWorld.open(people, { variables: { CONFIRM_FIRST_ORDERS: '3' } });
  });
  afterAll(() => world.close());

  it('has a picture of their own avatar after six taps and one message', async () => {
    const newcomer = new Newcomer(world, 1);
    await toTraining(newcomer, 'Ada');
    const photographed = await newcomer.sees(withButton('🎓 Train'));
    // What the tap costs stands on its button, and what becomes of the credits above it.
    expect(photographed.buttons.flat().map(({ text }) => text)).toContain(
      '🎓 Train · ~7\u00a0min · 150\u00a0credits',
    );
    expect(photographed.text).toContain('If it fails, you get your credits back');
    await newcomer.tap('🎓 Train');
    await newcomer.tap(await idea(newcomer));
    const question = await newcomer.sees(withButton('🎨 Generate · 5\u00a0credits'));
    expect(question.text).toContain('Ada · Balanced');
    expect(await world.account(1)).toEqual({ balance: 50, held: 0 });
    await newcomer.tap('🎨 Generate');
    expect((await newcomer.picture()).caption).toContain('Ada · Balanced · 5\u00a0credits');
    expect(newcomer.taps).toHaveLength(6);
    expect(newcomer.messages).toEqual(['Ada']);
    expect(await world.account(1)).toEqual({ balance: 45, held: 0 });
  });

  it('is offered what was written before there was an avatar, and gets it in as many taps', async () => {
    const newcomer = new Newcomer(world, 2);
    newcomer.start();
    await newcomer.sees(withButton('➕ Make my avatar'));
    newcomer.write('a knight on the moon');
    await newcomer.sees(shows('First you need an avatar'));
    newcomer.write('a lighthouse in a storm');
    await toTraining(newcomer, 'Grace');
    await newcomer.tap('🎓 Train');
    const ready = await newcomer.sees(shows('You wrote earlier: a lighthouse in a storm'));
    expect(ready.buttons.flat().some(({ data }) => data?.startsWith('ai:'))).toBe(false);
    await newcomer.tap('🎨 What you wrote earlier');
    await newcomer.tap('🎨 Generate · 5\u00a0credits');
    expect((await newcomer.picture()).caption).toContain('Grace');
    expect(newcomer.taps).toHaveLength(6);
    const drawn = world.fal.requests().map(({ input }) => JSON.stringify(input));
    expect(drawn.filter((input) => input.includes('a lighthouse in a storm'))).toHaveLength(1);
    expect(drawn.filter((input) => input.includes('a knight on the moon'))).toEqual([]);
  });
});

describe('where nothing costs anything', () => {
  let world: AvatarWorld;
  beforeAll(async () => {
    const variables = { CONFIRM_FIRST_ORDERS: '3', PRICE_IMAGE: '0', PRICE_TRAINING: '0' };
    world = await AvatarWorld.open([{ firstName: 'Ada', languageCode: 'en' }], { variables });
  });
  afterAll(() => world.close());

  it('the first words become a picture, and no price is asked about', async () => {
    const newcomer = new Newcomer(world, 1);
    await toTraining(newcomer, 'Ada');
    const photographed = await newcomer.sees(withButton('🎓 Train'));
    expect(photographed.buttons.flat().map(({ text }) => text)).toContain('🎓 Train · ~7\u00a0min');
    await newcomer.tap('🎓 Train');
    await newcomer.sees(shows('is ready'));
    newcomer.write('a lighthouse in a storm');
    const picture = await newcomer.picture();
    expect(picture.caption).toContain('Ada · Balanced · seed');
    expect(newcomer.taps).toHaveLength(4);
    expect(await world.account(1)).toEqual({ balance: 200, held: 0 });
  });
});
