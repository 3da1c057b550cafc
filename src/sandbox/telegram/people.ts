import type { Chat, User, UserFromGetMe } from 'grammy/types';

/** Someone who chats with the bot in the sandbox. The id is also the id of their private chat. */
export interface Person {
  /** Positive integer, as Telegram user ids are. */
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  /** IETF language tag that updates carry, e.g. `en`, `ru`. */
  readonly languageCode: string;
}

export const defaultPeople: readonly Person[] = [
  { id: 1, firstName: 'You', username: 'you', languageCode: 'en' },
  { id: 2, firstName: 'Guest', username: 'guest', languageCode: 'ru' },
];

export const userOf = (person: Person): User => ({
  id: person.id,
  is_bot: false,
  first_name: person.firstName,
  ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
  ...(person.username === undefined ? {} : { username: person.username }),
  language_code: person.languageCode,
});

export const privateChatOf = (person: Person): Chat.PrivateChat => ({
  id: person.id,
  type: 'private',
  first_name: person.firstName,
  ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
  ...(person.username === undefined ? {} : { username: person.username }),
});

/** Small ids belong to the sandbox's people, as in a token like `1:sandbox` of an older folder; the bot's id starts here then. */
const firstBotId = 7_000_000_000;

/** What `getMe` answers. The id is the part of the token before the colon, unless a person could have it. */
export function botOf(token: string, username: string, name: string): UserFromGetMe {
  const number = Number(token.split(':')[0]);
  return {
    id: number < 1_000_000 ? firstBotId + number : number,
    is_bot: true,
    first_name: name,
    username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}

/** The bot as the sender of a message. */
export const senderOf = (bot: UserFromGetMe): User => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.first_name,
  username: bot.username,
});
