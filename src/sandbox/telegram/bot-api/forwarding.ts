import type { Message } from 'grammy/types';
import type { ChatMessage, MessageContent } from '../state/message-store.js';
import type { World } from '../state/world.js';
import { contentOf, saidAndShown } from './messages/message-content.js';

/** A message as a forward of it arrives: what it says and where it comes from. */
export function forwardOf(
  { message, invoiceTerms }: ChatMessage,
  world: World,
): { readonly content: MessageContent; readonly extra: Partial<ChatMessage> } {
  const sender_user = message.from ?? world.botSender;
  const content: MessageContent = {
    ...copyOf(message),
    forward_origin: message.forward_origin ?? { type: 'user', date: message.date, sender_user },
  };
  // With a start parameter the copy leads to the bot; without one whoever sees it may pay.
  const canBePaid = invoiceTerms !== undefined && message.invoice?.start_parameter === '';
  return { content, extra: canBePaid ? { invoiceTerms } : {} };
}

/** What travels with a copy: what it says, not where it stood. */
export const copyOf = (message: Message): MessageContent =>
  contentOf(message, [...saidAndShown, 'has_media_spoiler', 'invoice']);
