import { tooManyRequests } from '../bot-api-error.js';

/** Messages that a bot may send in a second. Telegram: about 1 in one chat, about 30 in all. */
export interface FloodRates {
  readonly perChat: number;
  readonly overall: number;
}

const second = 1000;

/** Telegram's limits on sends and edits; off until a test or bench asks for them. */
export class FloodLimits {
  private rates: FloodRates | undefined;
  private readonly sentInChat = new Map<string, number[]>();
  private sent: number[] = [];

  constructor(private readonly now: () => Date) {}

  enable(rates: FloodRates = { perChat: 1, overall: 30 }): void {
    this.rates = rates;
  }

  disable(): void {
    this.rates = undefined;
  }

  /** @throws BotApiError 429 when the call comes too early; counts it otherwise */
  check(method: string, chatId: unknown): void {
    if (this.rates === undefined || !/^(send|edit|copy|forward)/.test(method) || method === 'sendChatAction')
      return;
    const now = this.now().getTime();
    const isRecent = (at: number) => now - at < second;
    const chat = (this.sentInChat.get(String(chatId)) ?? []).filter(isRecent);
    this.sent = this.sent.filter(isRecent);
    if (chat.length >= this.rates.perChat || this.sent.length >= this.rates.overall) throw tooManyRequests(1);
    this.sent.push(now);
    this.sentInChat.set(String(chatId), [...chat, now]);
  }
}
