import type { MessageEntity } from 'grammy/types';
import type { World } from '../state/world.js';

/** A draft as a person sees it. */
export interface DraftView {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly canStop: boolean;
  /** Milliseconds until it vanishes. */
  readonly left: number;
}

export function draftIn(world: World, chatId: number): DraftView | undefined {
  const draft = world.drafts.at(chatId);
  if (draft === undefined) return undefined;
  const { text, entities, canStop, until } = draft;
  return { text, entities, canStop, left: until - world.now().getTime() };
}

/** Presses Stop. */
export function stopDraft(world: World, personId: number): void {
  const chat = world.chatForBot(personId);
  if (chat.type !== 'private') throw new Error('Only private chats have drafts');
  const draft_id = world.drafts.stop(personId);
  world.updates.push('stopped_message_generation', { stopped_message_generation: { chat, draft_id } });
}
