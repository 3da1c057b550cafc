import type { Api } from 'grammy';
import type {
  BroadcastChannel,
  BroadcastReport,
} from '../../../../application/ports/operator/broadcast-channel.js';
import type { BroadcastProgress } from '../../../../application/ports/stores/operator/broadcast-store.js';
import { muteBroadcastsButton } from '../../buttons/broadcast-buttons.js';
import { asMarkup, type Keyboard, rewrite } from '../../replies.js';
import { troubleOf } from '../../telegram-errors.js';
import { type Language, languageOf, type Translator } from '../../wording/translator.js';
import type { SendRateLimiter } from '../send-rate-limiter.js';
import { broadcastCard } from './broadcast-card.js';
import { broadcastPlaceOf } from './broadcast-places.js';

interface ChannelParts {
  /** Throws a 429 at once. */
  readonly api: Api;
  /** For what may as well not be shown. */
  readonly bestEffort: Api;
  /** Names this bot. */
  readonly source: string;
  readonly limiter: Pick<SendRateLimiter, 'broadcastTurn' | 'turn'>;
  readonly textsIn: (language: Language) => Translator;
}

/** Of the message that is copied, not of the chat that it goes to. */
const gone = /message to copy not found|message can't be copied|MESSAGE_ID_INVALID/i;

/** Copies an operator's message into people's chats: formatting and media stay, and it names nobody as its sender. */
export class TelegramBroadcasts implements BroadcastChannel {
  constructor(private readonly parts: ChannelParts) {}

  turn(): Promise<void> {
    return this.parts.limiter.broadcastTurn();
  }

  async send(
    ...[{ message, translations }, to, mayLeave]: Parameters<BroadcastChannel['send']>
  ): Promise<BroadcastReport> {
    const { api, limiter, source, textsIn } = this.parts;
    const language = languageOf(to.language);
    const from = broadcastPlaceOf(translations[language] ?? message, source);
    if (from === null) return { kind: 'gone' };
    await limiter.turn(to.id);
    if (!(await mayLeave())) return { kind: 'held' };
    const keyboard = broadcastKeyboard(textsIn(language));
    try {
      await api.copyMessage(Number(to.id), from.chat, from.message, { reply_markup: asMarkup(keyboard) });
      return { kind: 'sent' };
    } catch (error) {
      return reportOf(error);
    }
  }

  async show(progress: BroadcastProgress): Promise<void> {
    const { bestEffort, source, textsIn } = this.parts;
    const card = broadcastPlaceOf(progress.broadcast.card, source);
    if (card !== null) await rewrite(bestEffort, card, broadcastCard(progress, textsIn(card.language)));
  }
}

/** What stands under each. */
export const broadcastKeyboard = (texts: Translator): Keyboard => [
  [muteBroadcastsButton.button(texts.plain('button-mute-news'), {})],
];

function reportOf(error: unknown): BroadcastReport {
  const trouble = troubleOf(error);
  if (trouble === null) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  if (gone.test(reason)) return { kind: 'gone' };
  switch (trouble.kind) {
    case 'unreachable':
      return { kind: 'unreachable', reason };
    case 'delayed':
      return trouble.retryAfter === null
        ? { kind: 'unclear', reason }
        : // A moment more: whoever asks too early waits longer.
          { kind: 'wait', seconds: trouble.retryAfter + 1 };
    default:
      return { kind: 'refused', reason };
  }
}
