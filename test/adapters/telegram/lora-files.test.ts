import { expect, test } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { plenty } from '../../support/builders/allowances.js';
import { safetensors } from '../../support/safetensors.js';
import { aBot, type BotWorld } from './a-bot.js';

const has = (text: string) => (message: MessageView) => message.text?.includes(text) ?? false;
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const avatarsOf = (bot: BotWorld) => bot.database.stores.avatars.list(userId('1'));

const waysOn = ['👤 Avatars', '❔ How it works'];

async function send({ telegram: { drive } }: BotWorld, bytes: Buffer, name: string): Promise<void> {
  drive.start(1);
  await drive.sendDocument(1, { bytes, name });
  const asked = await drive.waitForMessage(1, has('A LoRA file'));
  await drive.tap(1, asked.id, '👤 A person');
}

test('trigger words that stand in the file are offered, and one tap takes it in', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  const metadata = { ss_tag_frequency: '{"10_dir": {"ohwx woman": 20, "photo": 20, "red hair": 3}}' };
  await send(bot, safetensors({ metadata }), 'my_face.sft');
  const asked = await drive.waitForMessage(1, has('Tap one I found'));
  expect(labels(asked)).toEqual(['ohwx woman', 'photo', 'No trigger word', '✕ Never mind']);
  await drive.tap(1, asked.id, 'ohwx woman');
  await drive.waitForMessage(1, has('“my face” is ready to use'));
  expect(await avatarsOf(bot)).toMatchObject([{ name: 'my face', trigger: 'ohwx woman', status: 'ready' }]);
});

test('another word than the offered ones may be written', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await send(bot, safetensors({ metadata: { trigger_word: 'TOK' } }), 'me.safetensors');
  await drive.waitForMessage(1, has('Tap one I found'));
  drive.sendText(1, 'MINE');
  await drive.waitForMessage(1, has('is ready to use'));
  expect(await avatarsOf(bot)).toMatchObject([{ trigger: 'MINE' }]);
});

test('a LoRA of another model is refused by its name, and the next text is no trigger word', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await send(
    bot,
    safetensors({ names: ['diffusion_model.blocks.0.cross_attn.k.lora_A.weight'] }),
    'wan.safetensors',
  );
  const refused = await drive.waitForMessage(1, has('This LoRA is for Wan'));
  expect(labels(refused)).toEqual(waysOn);
  drive.sendText(1, 'a lighthouse');
  await drive.waitForMessage(1, has('First you need an avatar'));
  expect(await avatarsOf(bot)).toEqual([]);
});

test('one that cannot be told is taken with a word of warning', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  await send(bot, safetensors({ names: ['transformer.x.lora_A.weight'] }), 'odd.safetensors');
  const asked = await drive.waitForMessage(1, has('I can’t tell whether this LoRA is for FLUX.1'));
  await drive.tap(1, asked.id, 'No trigger word');
  await drive.waitForMessage(1, has('is ready to use'));
});

test('one that Telegram does not hand out any more is not called too large', async () => {
  const bot = await aBot();
  const { drive, faults } = bot.telegram;
  await send(bot, safetensors({ metadata: { trigger_word: 'TOK' } }), 'me.safetensors');
  await drive.waitForMessage(1, has('Tap one I found'));
  const description = 'Bad Request: file is temporarily unavailable';
  faults.add({ method: 'getFile', fault: { kind: 'error', code: 400, description } });
  drive.sendText(1, 'TOK');
  const told = await drive.waitForMessage(1, has('Telegram no longer gives me this file'));
  expect(labels(told)).toEqual(waysOn);
  expect(await avatarsOf(bot)).toEqual([]);
});

test('no more than so many a day are looked at', async () => {
  const bot = await aBot({ allowances: { ...plenty, lora_files: 1 } });
  const { drive } = bot.telegram;
  await send(bot, safetensors(), 'one.safetensors');
  await drive.sendDocument(1, { bytes: safetensors(), name: 'two.safetensors' });
  await drive.waitForMessage(1, has('all the LoRA files I can take today'));
});

test('one that is too large, or that we cannot keep, leads on as well', async () => {
  const bot = await aBot({}, { downloadLimit: 2 ** 20 });
  const { drive } = bot.telegram;
  await send(bot, safetensors({ metadata: { trigger_word: 'TOK' } }), 'me.safetensors');
  await drive.waitForMessage(1, has('Tap one I found'));
  bot.media.save = () => Promise.reject(new Error('the disk is gone'));
  drive.sendText(1, 'TOK');
  expect(labels(await drive.waitForMessage(1, has('Something went wrong')))).toEqual(waysOn);
  await drive.sendDocument(1, { bytes: Buffer.alloc(2 ** 20 + 1), name: 'large.safetensors' });
  expect(labels(await drive.waitForMessage(1, has('this one is larger')))).toEqual(waysOn);
});
