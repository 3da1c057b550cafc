import type { KeyboardButton } from 'grammy/types';
import { isRequesting } from '../markup/user-request.js';
import { type Person, userOf } from '../people.js';
import type { ChatMessage } from '../state/message-store.js';
import type { World } from '../state/world.js';
import { postFromPerson } from './person-posting.js';

type Request = KeyboardButton.RequestUsersButton['request_users'];

/** Chooses people behind a button of the keyboard that stands under the input field; the bot is told whom. */
export function shareUsers(
  world: World,
  personId: number,
  label: string,
  chosen: readonly number[],
): ChatMessage {
  const request = requestsIn(world, personId).get(label);
  if (request === undefined)
    throw new Error(`There is no button "${label}" that asks person ${personId} for people`);
  const { request_id, max_quantity = 1, user_is_bot: bots, user_is_premium: premium } = request;
  if (chosen.length === 0 || chosen.length > max_quantity)
    throw new Error(`${chosen.length} were chosen, and the bot asks for 1-${max_quantity}`);
  // Nobody here is a bot, and nobody pays for Premium.
  if (bots === true || premium === true) throw new Error('Nobody here is of that kind');
  const users = chosen.map((id) => shared(world.person(id), request));
  return postFromPerson(world, personId, { users_shared: { request_id, users } });
}

/** What the newest keyboard of the chat asks for, by the labels of its buttons. A deleted message takes its keyboard along. */
function requestsIn(world: World, personId: number): Map<string, Request> {
  const newest = world.messages.of(personId).findLast(({ replyKeyboard }) => replyKeyboard !== undefined);
  const keyboard = newest?.replyKeyboard;
  const buttons = keyboard !== undefined && 'keyboard' in keyboard ? keyboard.keyboard.flat() : [];
  return new Map(buttons.filter(isRequesting).map((button) => [button.text, button.request_users]));
}

/** No more of them than the bot asked to be told. */
function shared(person: Person, { request_name: name, request_username: username }: Request) {
  const user = userOf(person);
  return {
    user_id: user.id,
    ...(name === true ? { first_name: user.first_name } : {}),
    ...(name === true && user.last_name !== undefined ? { last_name: user.last_name } : {}),
    ...(username === true && user.username !== undefined ? { username: user.username } : {}),
  };
}
