import type { MessageEntity } from 'grammy/types';
import type { ChatEvents } from './chat-events.js';

/** How long a draft is shown after the bot last sent it. Milliseconds. */
const shownFor = 30_000;

/** What the bot shows of a message that it has not sent yet. */
export interface Draft {
  readonly id: number;
  /** Empty: clients say that the bot thinks. */
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  /** Clients show a button that ends it. */
  readonly canStop: boolean;
  /** It stays in sight for the rest of its time when that button was pressed. */
  readonly keepOnStop: boolean;
}

interface Shown extends Draft {
  readonly until: number;
}

/** The one draft of each private chat. It is in no history: after a restart there is none. */
export class Drafts {
  private readonly shown = new Map<number, Shown>();

  constructor(
    private readonly events: ChatEvents,
    private readonly now: () => Date,
  ) {}

  /** Replaces what the chat shows, and begins its time anew. */
  show(chatId: number, draft: Draft): void {
    this.shown.set(chatId, { ...draft, until: this.now().getTime() + shownFor });
    this.events.emit({ type: 'draft', chatId });
  }

  at(chatId: number): Shown | undefined {
    const draft = this.shown.get(chatId);
    return draft !== undefined && draft.until > this.now().getTime() ? draft : undefined;
  }

  /** Any message of the bot's ends it. */
  end(chatId: number): void {
    if (this.shown.delete(chatId)) this.events.emit({ type: 'draft', chatId });
  }

  /** What its button does to it. Returns its id. @throws Error when no draft can be stopped */
  stop(chatId: number): number {
    const draft = this.at(chatId);
    if (draft?.canStop !== true) throw new Error('There is nothing to stop');
    if (draft.keepOnStop) {
      this.shown.set(chatId, { ...draft, canStop: false });
      this.events.emit({ type: 'draft', chatId });
    } else this.end(chatId);
    return draft.id;
  }
}
