import { Keyboard } from 'grammy';
import type { UsersShared } from 'grammy/types';
import { expect, test } from 'vitest';
import { aBot, aLocalTelegram, anApi, eventually } from './a-local-telegram.js';

const people = ['Ada', 'Grace', 'Opal'].map((firstName, index) => ({
  ...{ id: index + 1, firstName, username: firstName.toLowerCase(), languageCode: 'en' },
}));

test('a person chooses others behind a button, and the bot is told no more of them than it asked for', async () => {
  const telegram = await aLocalTelegram({ people });
  const told: UsersShared[] = [];
  await aBot(telegram, (bot) => {
    bot.on('message:users_shared', ({ message }) => void told.push(message.users_shared));
  });
  const { drive } = telegram;
  drive.start(1);
  const keyboard = new Keyboard()
    .requestUsers('One', 1)
    .requestUsers('Named', 2, { max_quantity: 2, request_name: true, request_username: true });
  await anApi(telegram).sendMessage(1, 'Who?', { reply_markup: keyboard });
  expect(drive.shareUsers(1, 'One', [2]).happened).toEqual({ kind: 'shared', people: [2] });
  drive.shareUsers(1, 'Named', [2, 3]);
  await eventually(() => told).toEqual([
    { request_id: 1, users: [{ user_id: 2 }] },
    {
      request_id: 2,
      users: [
        { user_id: 2, first_name: 'Grace', username: 'grace' },
        { user_id: 3, first_name: 'Opal', username: 'opal' },
      ],
    },
  ]);
});

test('nobody can be chosen beyond what was asked, or when nothing asks any more', async () => {
  const telegram = await aLocalTelegram({ people });
  const { drive } = telegram;
  drive.start(1);
  expect(() => drive.shareUsers(1, 'One', [2])).toThrow('no button');
  const api = anApi(telegram);
  const keyboard = new Keyboard().requestUsers('One', 1).requestUsers('Bots', 2, { user_is_bot: true });
  const { message_id: asked } = await api.sendMessage(1, 'Who?', { reply_markup: keyboard });
  expect(() => drive.shareUsers(1, 'One', [])).toThrow('asks for 1-1');
  expect(() => drive.shareUsers(1, 'One', [2, 3])).toThrow('asks for 1-1');
  expect(() => drive.shareUsers(1, 'Bots', [2])).toThrow('of that kind');
  expect(() => drive.shareUsers(2, 'One', [3])).toThrow('no button');
  // The keyboard goes with its message.
  await api.deleteMessage(1, asked);
  expect(() => drive.shareUsers(1, 'One', [2])).toThrow('no button');
});
