import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AvatarWorld, labelled, shows, withButton } from '../support/avatar-world.js';

const [customer, operator] = [1, 2] as const;

let folder: string;
let world: AvatarWorld;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-price-story-'));
  const prices = join(folder, 'prices.json');
  await writeFile(
    prices,
    JSON.stringify([
      { preset: 'fast', endpoint: 'fal-ai/flux-lora', credits: 3 },
      { preset: 'quality', credits: 8 },
      { endpoint: 'fal-ai/clarity-upscaler', credits: 12 },
      { training: 'portrait', speed: 'fast', credits: 70 },
    ]),
  );
  world = await AvatarWorld.open(
    [
      { firstName: 'Ada', languageCode: 'en' },
      { firstName: 'Olga', languageCode: 'ru' },
    ],
    { variables: { PRICES_FILE: prices, CONFIRM_FIRST_ORDERS: '3', ADMIN_USER_IDS: String(operator) } },
  );
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const balance = async () => (await world.account(customer)).balance;

// Each chapter goes on where the one before it ended.
describe('an operator with a price list of their own', { shuffle: false }, () => {
  it('has it written on every button, and charged as it is written', async () => {
    const { drive } = world.telegram;
    drive.sendText(customer, '/help');
    const help = await world.message(customer, shows('One picture: 3–8\u00a0credits'));
    expect(help.text).toContain('Enlarging one: from 12\u00a0credits');
    expect(help.text).toContain('Training an avatar: 70–240\u00a0credits');
    await world.trained(customer, 'Ada');
    expect(await balance()).toBe(130);
    for (const [words, price, left] of [
      ['a knight --preset fast', 3, 127],
      ['a queen --preset quality', 8, 119],
    ] as const) {
      drive.sendText(customer, words);
      const pay = `🎨 Generate · ${price}\u00a0credits`;
      const question = await world.message(customer, (message) => withButton(pay)(message));
      await drive.tap(customer, question.id, labelled(question, pay));
      const picture = await world.message(customer, withButton(`🔁 Again · ${price}`));
      expect(withButton('🔍 Enlarge · 12')(picture)).toBe(true);
      await expect.poll(() => world.account(customer)).toEqual({ balance: left, held: 0 });
    }
  });

  it('sees in their own language what each preset brought and cost, under a picture of the day', async () => {
    const { drive } = world.telegram;
    drive.sendText(customer, '/buy');
    const till = await world.message(customer, shows('A picture costs 3–8\u00a0credits'));
    // 50 credits for 75 Stars: each brings 1.95 cents.
    const invoice = till.buttons.flat()[0]?.url ?? '';
    expect(await drive.payInvoice(customer, invoice)).toEqual({ paid: true, chargeId: expect.any(String) });
    await expect.poll(balance).toBe(169);
    drive.sendText(operator, '/admin');
    await world.tap(operator, '📊 Цифры');
    const today = await world.message(operator, shows('по часам'));
    expect(today.photo?.at(-1)).toMatchObject({ width: 1080, height: 810 });
    // The proof sheet is six balanced pictures that cost people nothing.
    for (const words of [
      'готово 8',
      'Быстрый: 1 · 0,04 $ · остаётся 0,02 $',
      'Качество: 1 · 0,04 $ · остаётся 0,12 $',
      'Сбалансированный: 6 · 0,21 $ · остаётся −0,21 $',
    ])
      expect(today.caption?.replaceAll('\u00a0', ' ')).toContain(words);
    await world.tap(operator, '7\u00a0дней');
    const week = await world.message(operator, shows('по дням'));
    expect(week.id).toBe(today.id);
    expect(world.log.at('error')).toEqual([]);
  });
});
