import type { UserId } from '../../../domain/ids.js';

/** What an operator tells one person: words, or a message of the operator's own that the way in can send on. */
export type ToldPerson = { readonly text: string } | { readonly message: string };

export interface Messenger {
  /**
   * Hands it to the person, with a word on who writes and where answers go. `unreachable`: they have blocked the bot,
   * never began a chat with it, or are gone. Throws when nobody knows whether it arrived.
   */
  tell(user: UserId, told: ToldPerson): Promise<'sent' | 'unreachable'>;
}
