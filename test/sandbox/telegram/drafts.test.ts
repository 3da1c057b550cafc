import { expect, test } from 'vitest';
import { aBot, aLocalTelegram, anApi, eventually } from './a-local-telegram.js';

const group = -1_001_000_000_001;

test('a draft is shown for half a minute, and ends with the bot’s next message', async () => {
  let now = new Date('2026-11-27T12:00:00Z');
  const telegram = await aLocalTelegram({ now: () => now });
  const { drive } = telegram;
  const api = anApi(telegram);
  drive.start(1);
  await api.sendMessageDraft(1, 7, 'Drawing <b>it</b>', { parse_mode: 'HTML', can_stop: true });
  expect(drive.draft(1)).toMatchObject({ text: 'Drawing it', canStop: true, left: 30_000 });
  expect(drive.draft(1)?.entities).toMatchObject([{ type: 'bold' }]);
  expect(drive.messages(1)).toHaveLength(1);

  now = new Date(now.getTime() + 29_000);
  expect(drive.draft(1)).toMatchObject({ left: 1000 });
  await api.sendMessageDraft(1, 7, '');
  expect(drive.draft(1)).toMatchObject({ text: '', canStop: false, left: 30_000 });
  now = new Date(now.getTime() + 30_000);
  expect(drive.draft(1)).toBeUndefined();

  await api.sendMessageDraft(1, 8, 'Nearly there');
  await api.sendMessage(1, 'Here it is');
  expect(drive.draft(1)).toBeUndefined();
});

test('Stop tells the bot once, of the draft that is shown', async () => {
  const telegram = await aLocalTelegram();
  const { drive } = telegram;
  const stopped: unknown[] = [];
  await aBot(telegram, (bot) => {
    bot.on('stopped_message_generation', ({ update }) => {
      stopped.push(update.stopped_message_generation);
    });
  });
  const api = anApi(telegram);
  drive.start(1);
  expect(() => drive.stopDraft(1)).toThrow('nothing to stop');
  await api.sendMessageDraft(1, 7, 'Drawing');
  expect(() => drive.stopDraft(1)).toThrow('nothing to stop');

  await api.sendMessageDraft(1, 8, 'Drawing', { can_stop: true });
  drive.stopDraft(1);
  expect(drive.draft(1)).toBeUndefined();
  expect(() => drive.stopDraft(1)).toThrow('nothing to stop');
  await api.sendMessageDraft(1, 9, 'Writing', { can_stop: true, keep_on_stop: true });
  drive.stopDraft(1);
  expect(drive.draft(1)).toMatchObject({ text: 'Writing', canStop: false });
  await eventually(() => stopped).toMatchObject([
    { chat: { id: 1, type: 'private' }, draft_id: 8 },
    { chat: { id: 1, type: 'private' }, draft_id: 9 },
  ]);
});

test('a draft that Telegram would not take is refused', async () => {
  const telegram = await aLocalTelegram();
  const { drive } = telegram;
  const api = anApi(telegram);
  await expect(api.sendMessageDraft(1, 7, 'to a stranger')).rejects.toThrow('chat not found');
  drive.start(1);
  await expect(api.sendMessageDraft(1, 0, 'without a number')).rejects.toThrow('non-zero');
  await expect(api.sendMessageDraft(group, 7, 'to a group')).rejects.toThrow('TEXTDRAFT_PEER_INVALID');
  await expect(api.sendMessageDraft(1, 7, 'x'.repeat(4097))).rejects.toThrow('too long');
  await expect(api.sendMessageDraft(1, 7, '<b>', { parse_mode: 'HTML' })).rejects.toThrow('parse entities');
  telegram.floodLimits.enable();
  await api.sendMessageDraft(1, 7, 'counts as a message');
  await expect(api.sendMessage(1, 'too soon')).rejects.toThrow('retry after');
  telegram.floodLimits.disable();
  drive.block(1);
  await expect(api.sendMessageDraft(1, 7, 'to whom it may concern')).rejects.toThrow('blocked');
});
