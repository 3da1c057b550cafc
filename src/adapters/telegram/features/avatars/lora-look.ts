import { FairSemaphore } from '../../../../application/policy/fair-semaphore.js';
import { DomainError } from '../../../../domain/errors.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext, BotUser } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import type { Download } from '../../photos/telegram-files.js';
import { type Keyboard, rewrite, type Screen } from '../../replies.js';
import { waysOutOf } from '../../ways-out.js';
import { Html } from '../../wording/html.js';
import { refusalText } from '../../wording/refusal-texts.js';
import type { Translator } from '../../wording/translator.js';
import { leaveRow } from '../questions.js';
import { sentLoraOf } from './sent-lora.js';

/** Each file is up to 20 MB in memory. */
const atOnce = { atOnce: 2, each: 1 } as const;

/**
 * Reads a LoRA file while its owner is asked for the trigger word. Words found in it are offered; a file that cannot
 * be used is refused at once.
 */
export class LoraLooks {
  private readonly semaphore = new FairSemaphore(atOnce);

  constructor(private readonly services: BotServices) {}

  /** `subject`: of the pending reply; `message`: the one that asks. */
  begin(context: BotContext, subject: string, message: number): void {
    const { user } = context;
    const chat = context.chat?.id ?? Number(user.id);
    this.services.background.start('a look into a LoRA file', (signal) =>
      this.semaphore.run(user.id, async () => {
        const answer = await this.look(user, chat, subject, signal);
        if (answer !== null) await rewrite(this.services.api, { chat, message }, answer);
      }),
    );
  }

  /** The new text of the message; `null`: it stays as it is, or has been answered meanwhile. */
  private async look(
    { id: owner, texts }: BotUser,
    chat: number,
    subject: string,
    signal: AbortSignal,
  ): Promise<Screen | null> {
    const { telegramFiles, loraFiles, database, clock } = this.services;
    const { pendingReplies } = database.stores;
    const sent = sentLoraOf(subject);
    if (sent === null) return null;
    const isAnswered = async () =>
      !(await pendingReplies.list(owner, String(chat))).some((reply) => reply.subject === subject);
    try {
      const { isFlux, triggers } = await loraFiles.look(
        bytesOf(await telegramFiles.download(sent.file, signal)),
      );
      if ((isFlux && triggers.length === 0) || (await isAnswered())) return null;
      const offered = JSON.stringify({ ...sent, triggers });
      const pendingReply = { owner, chat: String(chat), kind: 'lora-file', subject: offered } as const;
      await pendingReplies.expect(pendingReply, clock.now());
      return { text: question(isFlux, triggers, texts), keyboard: answers(triggers, subject, texts) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (await isAnswered()) return null;
      await pendingReplies.clear(owner, String(chat), 'lora-file');
      const nobody = { avatars: [], price: null, isSelling: false, canAsk: false };
      const refused = { ...nobody, contact: this.services.supportContact };
      return {
        text: refusalText(error.refusal, texts),
        keyboard: waysOutOf(error.refusal, refused, texts),
      };
    }
  }
}

const question = (isFlux: boolean, triggers: readonly string[], texts: Translator): Html =>
  Html.join(
    [
      !isFlux && texts.html('lora-unclear'),
      texts.html(triggers.length > 0 ? 'lora-choose-trigger' : 'lora-say-trigger'),
    ],
    '\n\n',
  );

/** One for each word that was found, one for none, and one that leaves the file alone. */
export const answers = (triggers: readonly string[], subject: string, texts: Translator): Keyboard => [
  ...triggers.map((trigger, index) => [
    buttons.loraTriggerButton.button(cut(trigger, 40), { number: index }),
  ]),
  [buttons.loraNoTriggerButton.button(texts.plain('button-no-trigger'), {})],
  leaveRow({ kind: 'lora-file', subject }, texts),
];

/** A file that cannot be downloaded is reported later, when it is imported. */
async function* bytesOf(download: Download): AsyncGenerator<Uint8Array, void, undefined> {
  if ('bytes' in download) yield download.bytes;
  else throw new DomainError({ code: 'not_found', what: 'LoRA file' });
}
