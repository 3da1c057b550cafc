import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** About one message a second in each chat, and a few at once. Telegram's own figure. */
const perChat = { points: 5, duration: 5 };

/** Keeps what this process sends below Telegram's limits: a send waits for its turn, first in its chat, then among all. */
export class Pace {
  private readonly chats = new RateLimiterMemory(perChat);
  private readonly all: RateLimiterMemory;

  /** @param messagesPerSecond Telegram allows 30 to a bot that does not pay for more */
  constructor(messagesPerSecond: number) {
    this.all = new RateLimiterMemory({ points: messagesPerSecond, duration: 1 });
  }

  async turn(chat: string): Promise<void> {
    await turn(this.chats, chat);
    await turn(this.all, 'all');
  }
}

async function turn(limiter: RateLimiterMemory, key: string): Promise<void> {
  for (;;) {
    try {
      await limiter.consume(key);
      return;
    } catch (busy) {
      if (!(busy instanceof RateLimiterRes)) throw busy;
      await new Promise((resolve) => setTimeout(resolve, busy.msBeforeNext));
    }
  }
}
