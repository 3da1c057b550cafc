import type { ChatMember, ChatMemberUpdated } from 'grammy/types';
import { privateChatOf, userOf } from '../people.js';
import type { World } from '../state/world.js';

/** Blocks or unblocks the bot and tells it so, as Telegram does for private chats. */
export function setBlocked(world: World, personId: number, blocked: boolean): void {
  const person = world.person(personId);
  if ((world.chatState(personId).blocked ?? false) === blocked) return;
  world.changeChat(personId, { blocked });
  const member: ChatMember = { status: 'member', user: world.botSender };
  const banned: ChatMember = { status: 'kicked', user: world.botSender, until_date: 0 };
  const update: ChatMemberUpdated = {
    chat: privateChatOf(person),
    from: userOf(person),
    date: world.seconds(),
    old_chat_member: blocked ? member : banned,
    new_chat_member: blocked ? banned : member,
  };
  world.updates.push('my_chat_member', { my_chat_member: update });
}
