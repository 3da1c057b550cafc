import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** About one message a second in each chat, and a few at once. Telegram's own figure. */
const perChat = { points: 5, duration: 5 };

/** The part of the limit that broadcasts may use: what somebody waits for must not wait for them. */
const partOfBroadcasts = 2 / 3;

/** How long the number of processes is used before it is read again. */
const lookMilliseconds = 2000;

/**
 * Keeps what is sent below Telegram's limits: a send waits for its turn in its chat, and what nobody waits for then
 * among all. Answers to people are not limited in all, as Telegram has it. All processes of a bot share the limits in
 * equal parts.
 */
export class SendRateLimiter {
  private readonly chats = new RateLimiterMemory(perChat);
  private readonly all: RateLimiterMemory;
  private readonly broadcasts: RateLimiterMemory;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;

  /**
   * @param messagesPerSecond notices to many people; Telegram allows 30 to a bot that does not pay for more
   * @param sharedBy how many processes send, this one included
   */
  constructor(
    private readonly messagesPerSecond: number,
    private readonly sharedBy: () => Promise<number> = async () => 1,
    private readonly milliseconds: () => number = () => performance.now(),
  ) {
    this.all = new RateLimiterMemory({ points: messagesPerSecond, duration: 1 });
    this.broadcasts = new RateLimiterMemory({ points: broadcastsPerSecond(messagesPerSecond), duration: 1 });
  }

  /** Of an answer or of a picture that was asked for. */
  turn(chat: string): Promise<void> {
    return turn(this.chats, chat);
  }

  /** Of a message that nobody asked for, one of many. */
  async unaskedTurn(chat: string): Promise<void> {
    await this.turn(chat);
    // Read before each try: if another process ends, those who wait get its share, too.
    await turn(this.all, 'all', () => this.look());
  }

  /** Of a broadcast's next message, whoever gets it. */
  async broadcastTurn(): Promise<void> {
    await turn(this.broadcasts, 'broadcasts', () => this.look());
    await turn(this.all, 'all');
  }

  private async look(): Promise<void> {
    if (this.milliseconds() - this.lookedAt < lookMilliseconds) return;
    this.looking ??= this.sharedBy()
      .then(
        (processes) => this.share(Math.max(1, processes)),
        // The database is away: as many as before.
        () => undefined,
      )
      .finally(() => {
        this.lookedAt = this.milliseconds();
        this.looking = null;
      });
    await this.looking;
  }

  private share(processes: number): void {
    for (const [limiter, perSecond] of [
      [this.all, this.messagesPerSecond],
      [this.broadcasts, broadcastsPerSecond(this.messagesPerSecond)],
    ] as const) {
      limiter.points = Math.max(1, Math.floor(perSecond / processes));
      limiter.duration = Math.max(1, processes / perSecond);
    }
  }
}

const broadcastsPerSecond = (messagesPerSecond: number): number =>
  Math.max(1, Math.floor(messagesPerSecond * partOfBroadcasts));

async function turn(
  limiter: RateLimiterMemory,
  key: string,
  look: () => Promise<void> = async () => undefined,
): Promise<void> {
  for (;;) {
    await look();
    try {
      await limiter.consume(key);
      return;
    } catch (busy) {
      if (!(busy instanceof RateLimiterRes)) throw busy;
      // The limiter uses the wall clock, which may have been set; no count lasts longer than its duration anyway.
      const wait = Math.min(Math.max(busy.msBeforeNext, 1), limiter.duration * 1000);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
