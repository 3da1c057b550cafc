import type { Api } from 'grammy';
import type { DeliveryReport, Notice } from '../../../application/ports/transport.js';
import { asMessage } from '../speaking.js';
import { delivering } from '../telegram-errors.js';
import { failureWords } from '../wording/refusal-words.js';
import type { Language, Words } from '../wording/words.js';
import { addressOf } from './job-address.js';

export type TrainingNotice = Extract<Notice, { readonly training: unknown }>;

/** Tells what became of an avatar that was trained. */
export class TrainingDelivery {
  constructor(
    private readonly api: Api,
    private readonly wordsIn: (language: Language) => Words,
  ) {}

  async deliver(notice: TrainingNotice): Promise<DeliveryReport> {
    switch (notice.kind) {
      case 'avatar-ready':
        return this.tell(notice, (words) => words.html('training-ready', { name: nameOf(notice, words) }));
      case 'training-ended':
        return this.tell(notice, (words) => {
          const { training } = notice;
          const name = nameOf(notice, words);
          if (training.status === 'cancelled') return words.html('training-cancelled', { name });
          return words.html('training-failed', { name, reason: failureWords(training.failure, words) });
        });
      case 'training-progress':
      case 'proof-sheet':
        return { kind: 'sent' };
      default:
        return notice satisfies never;
    }
  }

  private tell(
    { training }: TrainingNotice,
    text: (words: Words) => { source: string },
  ): Promise<DeliveryReport> {
    return delivering(async () => {
      const { chat, language } = addressOf(training.origin);
      await this.api.sendMessage(chat, text(this.wordsIn(language)).source, asMessage());
    });
  }
}

const nameOf = ({ avatar }: TrainingNotice, words: Words): string =>
  avatar?.name ?? words.plain('no-avatar-any-more');
