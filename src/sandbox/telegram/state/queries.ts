import { randomInt } from 'node:crypto';
import type { Opts } from 'grammy/types';
import type { InlineAnswer } from './inline-results.js';
import type { Collection, Journal } from './journal.js';

export type CallbackAnswer = Omit<Opts<'answerCallbackQuery'>, 'callback_query_id'>;
export type CheckoutAnswer = Omit<Opts<'answerPreCheckoutQuery'>, 'pre_checkout_query_id'>;

interface OpenQuery {
  readonly id: string;
  /** Milliseconds since 1970 after which an answer comes too late. */
  readonly expiresAt: number;
}

/** Questions of one kind that people asked the bot; each takes one answer, in time. */
export class OpenQueries<Answer> {
  private readonly answers = new Map<string, Answer>();

  constructor(
    private readonly asked: Collection<OpenQuery>,
    /** Milliseconds in which the bot has to answer. */
    readonly patience: number,
    private readonly now: () => Date,
  ) {
    for (const query of [...asked.values()]) if (this.isLate(query)) asked.delete(query.id);
  }

  ask(): string {
    const id = `${randomInt(1e9, 9e9)}${randomInt(1e8, 9e8)}`;
    this.asked.set(id, { id, expiresAt: this.now().getTime() + this.patience });
    return id;
  }

  /** False when the question is unknown, was answered already, or is too old. */
  answer(id: string, answer: Answer): boolean {
    const query = this.asked.get(id);
    if (query === undefined) return false;
    this.asked.delete(id);
    if (this.isLate(query)) return false;
    this.answers.set(id, answer);
    return true;
  }

  /** Gives the answer once, to the one who asked. */
  collect(id: string): Answer | undefined {
    const answer = this.answers.get(id);
    this.answers.delete(id);
    return answer;
  }

  private isLate(query: OpenQuery): boolean {
    return this.now().getTime() > query.expiresAt;
  }
}

export class Queries {
  readonly callbacks: OpenQueries<CallbackAnswer>;
  readonly inline: OpenQueries<InlineAnswer>;
  readonly checkouts: OpenQueries<CheckoutAnswer>;

  constructor(journal: Journal, now: () => Date) {
    this.callbacks = new OpenQueries(journal.collection('callback_queries'), 15_000, now);
    this.inline = new OpenQueries(journal.collection('inline_queries'), 10_000, now);
    // Ten seconds is Telegram's own figure for pre-checkout queries.
    this.checkouts = new OpenQueries(journal.collection('checkout_queries'), 10_000, now);
  }
}
