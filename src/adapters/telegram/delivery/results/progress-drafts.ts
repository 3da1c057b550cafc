import { type Api, GrammyError } from 'grammy';
import type { Clock } from '../../../../application/ports/clock.js';
import type { KeptJobMessage } from '../../../../application/ports/stores/chat/job-message-store.js';
import { secondsAfter } from '../../../../domain/time.js';
import { troubleOf } from '../../telegram-errors.js';
import type { Html } from '../../wording/html.js';

/** Drafts count as messages: no more than one in so many seconds in one chat. */
export const secondsBetweenDrafts = 5;
/** Telegram shows a draft for so many seconds after it was last sent. */
const shownFor = 30;
/** One that says the same as before is sent again only so late: still in time. */
const sameAgainAfter = 12;
/** More chats than have jobs under way at once. */
const mostChats = 2000;

interface Shown {
  readonly message: number;
  readonly text: string;
  readonly at: Date;
}

/**
 * Shows progress in a draft as well, for Telegram's own Stop button. Its number is that of the message with the Cancel
 * button, which stays the truth: drafts vanish, and older servers have none. Best effort, and never tried twice.
 */
export class ProgressDrafts {
  /** By chat. */
  private readonly shown = new Map<number, Shown>();
  private isOffered = true;

  constructor(
    private readonly api: Api,
    private readonly clock: Clock,
  ) {}

  /** Shows it if it is this message's turn. */
  async show(
    { chat, message, draftedAt }: KeptJobMessage,
    turn: Date,
    { source: text }: Html,
  ): Promise<void> {
    if (!this.isOffered || !isPrivate(chat) || draftedAt?.getTime() !== turn.getTime()) return;
    const before = this.shown.get(chat);
    const at = this.clock.now();
    if (before?.message === message && before.text === text && at < secondsAfter(before.at, sameAgainAfter))
      return;
    try {
      await this.api.sendMessageDraft(chat, message, text, { parse_mode: 'HTML', can_stop: true });
      if (this.shown.size >= mostChats) this.shown.clear();
      this.shown.set(chat, { message, text, at });
    } catch (error) {
      if (troubleOf(error) === null) throw error;
      // A Bot API server of one's own that is older than drafts.
      if (error instanceof GrammyError && error.error_code === 404) this.isOffered = false;
    }
  }

  /** Whether the person may see one just now. Only a new message of the bot's ends it. */
  mayBeShown({ chat, draftedAt }: KeptJobMessage): boolean {
    return isPrivate(chat) && draftedAt !== null && this.clock.now() < secondsAfter(draftedAt, shownFor);
  }
}

/** Groups have negative numbers, and no drafts. */
const isPrivate = (chat: number): boolean => chat > 0;
