import { expect, test } from 'vitest';
import { demoGroupId } from '../../../../src/sandbox/telegram/state/world.js';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

async function aMessage() {
  const telegram = await aLocalTelegram();
  const { id } = telegram.drive.start(1);
  return { telegram, api: anApi(telegram), id };
}

test('a bot reacts with one emoji, with another instead, and takes it back', async () => {
  const { telegram, api, id } = await aMessage();
  const shown = () => telegram.drive.lastMessage(1)?.reactions;
  await api.setMessageReaction(1, id, [{ type: 'emoji', emoji: '👍' }]);
  expect(shown()).toEqual(['👍']);
  await api.setMessageReaction(1, id, [{ type: 'emoji', emoji: '❤' }]);
  expect(shown()).toEqual(['❤']);
  await api.setMessageReaction(1, id, []);
  expect(shown()).toEqual([]);
});

test('what a person reacts with is told to a bot that asked for it by name, in a private chat', async () => {
  const { telegram, api, id } = await aMessage();
  const { drive } = telegram;
  await api.getUpdates({ offset: -1 });
  drive.react(1, id, '🔥');
  const allowed_updates = ['message', 'message_reaction'] as const;
  const offset = ((await api.getUpdates({ offset: -1 }))[0]?.update_id ?? 0) + 1;
  expect(await api.getUpdates({ offset, allowed_updates })).toEqual([]);

  drive.react(1, id, '👍');
  drive.react(1, id, '👍');
  drive.react(1, id);
  const [inGroup] = drive.sendText(1, '/start@sandbox_bot', { chatId: demoGroupId });
  drive.react(1, inGroup?.id ?? 0, '👍', { chatId: demoGroupId });

  const told = (await api.getUpdates({ offset, allowed_updates })).map((update) => update.message_reaction);
  const emoji = (sign: string) => [{ type: 'emoji', emoji: sign }];
  expect(told).toMatchObject([
    {
      chat: { id: 1 },
      message_id: id,
      user: { id: 1 },
      old_reaction: emoji('🔥'),
      new_reaction: emoji('👍'),
    },
    { message_id: id, old_reaction: emoji('👍'), new_reaction: [] },
    ...[undefined],
  ]);
  expect(drive.lastMessage(demoGroupId)?.personReactions).toEqual({ 1: '👍' });
});

test.each([
  ['no list', '{}', 'expected an Array of ReactionType'],
  ['no JSON', '[', "can't parse reaction types JSON object"],
  ['a word', ['👍'], "can't parse ReactionType: expected an Object"],
  ['no type', [{ emoji: '👍' }], 'can\'t parse ReactionType: Can\'t find field "type"'],
  ['no emoji', [{ type: 'emoji' }], 'can\'t parse ReactionType: Can\'t find field "emoji"'],
  ['an empty emoji', [{ type: 'emoji', emoji: '' }], 'invalid reaction type specified'],
  ['a paid one', [{ type: 'paid' }], "can't parse ReactionType: invalid reaction type specified"],
  ['an emoji of its own', [{ type: 'custom_emoji', custom_emoji_id: '5' }], 'REACTION_INVALID'],
  ['an emoji that is no reaction', [{ type: 'emoji', emoji: '✅' }], 'REACTION_INVALID'],
  ['a heart with U+FE0F', [{ type: 'emoji', emoji: '❤\ufe0f' }], 'REACTION_INVALID'],
  [
    'two',
    [
      { type: 'emoji', emoji: '👍' },
      { type: 'emoji', emoji: '🔥' },
    ],
    'REACTIONS_TOO_MANY',
  ],
])('a reaction that is %s is refused', async (_, reaction, refusal) => {
  const { api, id } = await aMessage();
  const call = api.raw.setMessageReaction({ chat_id: 1, message_id: id, reaction: reaction as never });
  await expect(call).rejects.toMatchObject({ error_code: 400, description: `Bad Request: ${refusal}` });
});

test('a reaction to nothing is refused', async () => {
  const { api } = await aMessage();
  await expect(api.setMessageReaction(1, 999, [])).rejects.toThrow('message to react not found');
});
