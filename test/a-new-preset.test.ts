import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textKeysFile, textKeysSource } from '../scripts/text-keys.js';
import type * as Kinds from '../src/adapters/telegram/buttons/button-kind.js';
import { userId } from '../src/domain/ids.js';
import type { MessageView } from '../src/sandbox/telegram/driver/message-view.js';
import type * as Terminal from './adapters/cli/a-terminal.js';
import type * as Bots from './adapters/telegram/a-bot.js';
import { aFinetuneModel } from './support/builders/an-avatar.js';
import { changedCopy } from './support/changed-copy.js';
import { faultyFiles, faultyFilesIn } from './support/compiled-copy.js';

/** One row each, before the last one: of a size as most are, and of a ratio as `ultra` is. */
const rows = {
  path: 'src/domain/generation/preset.ts',
  from: '  ultra: {\n',
  to: `  neon: {
    ...usual,
    steps: 33,
    guidance: 3.0,
    imageSize: 'portrait_4_3',
    loraScale: 0.9,
    finetuneStrength: 0.9,
    expectedSeconds: null,
  },
  panorama: {
    ...usual,
    steps: null,
    guidance: null,
    imageSize: null,
    aspectRatio: '21:9',
    loraScale: null,
    finetuneStrength: 1.0,
    expectedSeconds: { from: 50, to: 70 },
  },
$&`,
};

const texts = (language: string, neon: string, panorama: string) => ({
  path: `assets/locales/${language}.ftl`,
  from: 'preset-ultra = ',
  to: `preset-neon = ${neon}
preset-panorama = ${panorama}
preset-about-neon = ${neon}: *
preset-about-panorama = ${panorama}: *
$&`,
});

let house: string;
let bots: typeof Bots;
let terminal: typeof Terminal;
let kinds: typeof Kinds;

beforeAll(async () => {
  house = await changedCopy(
    ['src', 'test', 'assets', 'scripts'],
    [rows, texts('en', 'Neon', 'Panorama'), texts('ru', 'Неон', 'Панорама')],
  );
  const fluent = await readFile(join(house, 'assets/locales/en.ftl'), 'utf8');
  await writeFile(join(house, textKeysFile), textKeysSource(fluent));
  bots = await import(join(house, 'test/adapters/telegram/a-bot.ts'));
  terminal = await import(join(house, 'test/adapters/cli/a-terminal.ts'));
  kinds = await import(join(house, 'src/adapters/telegram/buttons/button-kind.ts'));
});

afterAll(() => rm(house, { recursive: true }));

const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has = (text: string) => (message: MessageView) =>
  (message.text ?? message.caption)?.includes(text) ?? false;
const offers = (label: string) => (message: MessageView) => labels(message).includes(label);

/** A person whose main avatar holds a LoRA, or a finetune; or without an avatar. */
async function aPerson(holds: 'lora' | 'finetune' | 'nothing' = 'lora') {
  const bot = await bots.aBot();
  if (holds !== 'nothing')
    await bots.aPainter(bot, 1, holds === 'lora' ? {} : { model: aFinetuneModel, type: 'artistic' });
  const { drive } = bot.telegram;
  return {
    bot,
    says: (text: string) => drive.sendText(1, text),
    sees: (what: (message: MessageView) => boolean) => drive.waitForMessage(1, what),
    /** Taps the button in the newest message that has it. */
    taps: async (label: string) => {
      const { id } = await drive.waitForMessage(1, offers(label));
      await drive.tap(1, id, label);
    },
    /** What was bought last, once it arrived. */
    gets: async () => {
      const { generations } = bot.database.stores;
      await expect.poll(() => generations.list({ status: 'accepted', limit: 9 })).not.toEqual([]);
      await bot.finish();
      return bot.generator.bought.at(-1)?.order;
    },
  };
}

const neon = { endpoint: 'fal-ai/flux-lora', steps: 33, guidance: 3, imageSize: 'portrait_4_3' };

test('it compiles with its texts, and without them the compiler leads to who needs them', async () => {
  expect(await faultyFilesIn(house)).toEqual([]);
  const faulty = await faultyFiles([rows]);
  expect(faulty).toContain('src/adapters/telegram/features/generate/presets.ts');
  expect(faulty.every((path) => path.startsWith('src/adapters/telegram/'))).toBe(true);
});

test('it is in the list, with its texts, and where it works is said', async () => {
  const { bot, says, sees } = await aPerson();
  expect(JSON.stringify(bot.telegram.calls.of('setMyCommands'))).not.toContain('eight');
  says('/presets');
  const list = await sees(has('Presets'));
  expect(list.text).toMatch(/Photorealistic.*Neon · 3:4 · neon\nNeon: \*\n.*Panorama · 21:9.*Ultra/s);
  expect(list.text).toContain('Panorama, Ultra don’t work with every avatar.');
});

test('it is in the guided screen, and makes a picture at its price, with its name under it', async () => {
  const { says, sees, taps, gets } = await aPerson();
  says('/generate');
  await taps('🎚 Preset');
  expect(labels(await sees(offers('Neon')))).not.toContain('Panorama');
  await taps('Neon');
  await sees(has('Neon · 3:4'));
  says('a harbour');
  await taps('🎨 Generate · 5\u00a0credits · ~35\u00a0s');
  expect(await gets()).toMatchObject(neon);
  await sees(has('· Neon ·'));
  await taps('ℹ Info');
  await sees(has('Preset: Neon'));
});

test('it can be typed, tried with the same seed, filtered by and shared', async () => {
  const { bot, says, sees, taps, gets } = await aPerson();
  says('a knight --preset neon --seed 7');
  expect(await gets()).toMatchObject({ ...neon, seed: 7 });
  says('a knight --seed 8');
  expect(await gets()).toMatchObject({ steps: 28, seed: 8 });
  await taps('🎚 Preset');
  expect(labels(await sees(offers('Neon · 5')))).not.toContain('Panorama · 5');
  await taps('Neon · 5');
  expect(await gets()).toMatchObject({ ...neon, seed: 8 });

  says('/gallery');
  await taps('☰ Filter');
  await sees(offers('❤ Favourites'));
  await taps('🎚 Preset');
  await sees(offers('Panorama'));
  await taps('Neon');
  await sees(has('🔎 Only: Neon'));
  expect(labels(await sees(has('1–2 of 2')))).toContain('☰ Filter');
  await taps('1');

  await bots.aPainter(bot, 2, { name: 'Grace' });
  await taps('⋯ More');
  await taps('🔗 Share');
  const { text = '' } = await sees(has('t.me'));
  bot.telegram.drive.start(2, /start=(\S+)/.exec(text)?.[1] ?? expect.fail());
  // The guest reads Russian.
  await bot.telegram.drive.waitForMessage(2, has('Неон · 3:4'));
});

test('it is in the settings, and used from then on', async () => {
  const { says, sees, taps, gets } = await aPerson();
  says('/settings');
  await taps('🎚 Preset: Balanced');
  expect(labels(await sees(offers('Neon')))).not.toContain('Panorama');
  await taps('Neon');
  await sees(offers('🎚 Preset: Neon'));
  says('a knight');
  expect(await gets()).toMatchObject(neon);
});

test('one that takes no LoRA is not offered to somebody who has no avatar yet', async () => {
  const { says, sees, taps } = await aPerson('nothing');
  says('/settings');
  await taps('🎚 Preset: Balanced');
  expect(labels(await sees(offers('Neon')))).not.toContain('Panorama');
});

test('one of a ratio works with a finetune, with every ratio, and nothing else is said of it', async () => {
  const { bot, says, sees, taps, gets } = await aPerson('finetune');
  says('/settings');
  await taps('🎚 Preset: Balanced');
  await taps('Panorama');
  await taps('▭ Ratio: the preset’s own');
  await taps('9:21');
  await sees(offers('▭ Ratio: 9:21'));
  says('a knight');
  expect(await gets()).toMatchObject({ finetuneStrength: 1, aspectRatio: '9:21' });
  await sees(has('· Panorama ·'));
  says('/generate');
  await sees(has('Panorama · 9:21'));
  says('/avatars');
  const [avatar] = await bot.database.stores.avatars.list(userId('1'));
  await taps(avatar?.name === undefined ? '' : `⭐ ${avatar.name}`);
  await sees(has('Works with every preset, including Panorama, Ultra'));
});

test('its buttons fit, also the longest of them', () => {
  const all = kinds.buttonKinds();
  expect(all.length).toBeGreaterThan(40);
  expect(all.filter(({ longest }) => Buffer.byteLength(longest) > 64)).toEqual([]);
});

test('it is in the command line and in the library', async () => {
  const folder = join(house, 'data');
  const { out } = await terminal.command(['presets', '--json'], { DATA_DIR: folder });
  const listed: { name: string; worksWith: string[] }[] = JSON.parse(out);
  expect(listed.find(({ name }) => name === 'neon')?.worksWith).toHaveLength(2);
  expect(listed.find(({ name }) => name === 'panorama')?.worksWith).toEqual(['finetune (artistic)']);
  const { createAisha } = await import(join(house, 'src/library.ts'));
  const presets = createAisha({ DATA_DIR: folder }).getGenerationConfigPresets();
  expect(presets.neon).toMatchObject({ name: 'neon', steps: 33 });
});
