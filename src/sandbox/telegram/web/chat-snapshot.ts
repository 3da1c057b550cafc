import type { BotCommand } from 'grammy/types';
import { type DraftView, draftIn } from '../driver/drafting.js';
import { type MessageView, viewOf } from '../driver/message-view.js';
import type { Person } from '../people.js';
import { demoGroupId, type World } from '../state/world.js';

/** How many of the newest messages of a chat the page gets at once. */
const pageSize = 60;

interface PersonShown extends Person {
  readonly started: boolean;
  readonly blocked: boolean;
  readonly commands: readonly BotCommand[];
  readonly groupCommands: readonly BotCommand[];
  /** What the bot says about itself before the first message, in this person's language. */
  readonly about: string;
  readonly hasCommandMenu: boolean;
}

/** Who is there and what the bot looks like; changes now and then. */
export interface Surroundings {
  readonly bot: { readonly id: number; readonly name: string; readonly username: string };
  readonly group: { readonly id: number; readonly title: string };
  readonly people: readonly PersonShown[];
  /** Pinned message ids by chat. */
  readonly pinned: Readonly<Record<string, readonly number[]>>;
}

/** `draft` is missing when there is none, or no longer. */
interface DraftShown {
  readonly chatId: number;
  readonly draft?: DraftView;
}

export interface MessagePage extends DraftShown {
  readonly messages: readonly MessageView[];
  readonly hasOlder: boolean;
}

export function surroundings(world: World): Surroundings {
  const people = world.allPeople();
  return {
    bot: {
      id: world.bot.id,
      name: world.profile.text('name', '') || world.bot.first_name,
      username: world.bot.username,
    },
    group: { id: demoGroupId, title: world.chat(demoGroupId)?.title ?? '' },
    people: people.map((person) => shownPerson(world, person)),
    pinned: Object.fromEntries(
      [...people.map(({ id }) => id), demoGroupId].map((id) => [id, world.chatState(id).pinned ?? []]),
    ),
  };
}

function shownPerson(world: World, person: Person): PersonShown {
  const { started = false, blocked = false, menuButton } = world.chatState(person.id);
  return {
    ...person,
    started,
    blocked,
    commands: world.profile.commandsSeen(person.id, person.id, person.languageCode),
    groupCommands: world.profile.commandsSeen(demoGroupId, person.id, person.languageCode),
    about: world.profile.text('description', person.languageCode),
    hasCommandMenu: (menuButton ?? world.profile.menuButton).type !== 'web_app',
  };
}

/** The newest messages of a chat, or the newest before a message id; oldest first. */
export function messagePage(world: World, chatId: number, before = Number.POSITIVE_INFINITY): MessagePage {
  const all = world.messages.of(chatId).filter(({ message }) => message.message_id < before);
  const messages = all.slice(-pageSize).map(viewOf);
  return { messages, hasOlder: all.length > pageSize, ...draftShown(world, chatId) };
}

export function draftShown(world: World, chatId: number): DraftShown {
  const draft = draftIn(world, chatId);
  return { chatId, ...(draft === undefined ? {} : { draft }) };
}
