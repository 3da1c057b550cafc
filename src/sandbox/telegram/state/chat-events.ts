import type { BotApiCall } from '../bot-api/call-log.js';

/** What just changed, for the web chat's live stream and for tests that wait. */
export type ChatEvent =
  | { readonly type: 'message' | 'edited' | 'deleted'; readonly chatId: number; readonly messageId: number }
  | { readonly type: 'action'; readonly chatId: number; readonly action: string }
  | { readonly type: 'chat' | 'draft'; readonly chatId: number }
  | { readonly type: 'person'; readonly personId: number }
  | { readonly type: 'profile' }
  | { readonly type: 'callback_answered' | 'checkout_answered' | 'inline_answered'; readonly queryId: string }
  | { readonly type: 'call'; readonly call: BotApiCall };

export type ChatListener = (event: ChatEvent) => void;

export class ChatEvents {
  private readonly listeners = new Set<ChatListener>();

  emit(event: ChatEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  /** Returns the function that stops listening. */
  listen(listener: ChatListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
