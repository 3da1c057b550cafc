import type { Api } from 'grammy';
import type { Clock } from '../../../../application/ports/clock.js';
import type { Logger } from '../../../../application/ports/logger.js';
import type { FollowUp } from '../../../../application/ports/stores/chat/follow-up-store.js';
import type { SentPlace } from '../../../../application/ports/stores/chat/sent-file-store.js';
import type { WayInDatabase } from '../../../../application/ports/stores/way-in-database.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { GenerationId } from '../../../../domain/ids.js';
import { secondsAfter } from '../../../../domain/time.js';
import { answering, asCaption, asMessage } from '../../replies.js';
import { NowhereToSend } from '../../telegram-errors.js';
import type { Language, Translator } from '../../wording/translator.js';
import { addressOf } from '../job-address.js';
import { type Destination, isFinal, orInOwnChat } from '../own-chat.js';
import type { PhotoFiles, Picture } from './photo-files.js';
import { isWorthAFile } from './photo-rules.js';
import { type Prices, resultKeyboard } from './result-keyboard.js';
import { albumText, originalText } from './result-texts.js';

/** Longer than sending one file takes: whoever has it in hand renews it before each. Seconds. */
const leftAlone = 300;

const takenAtOnce = 5;

interface Parts {
  readonly source: string;
  /** Waits for its turn, and tries again itself. */
  readonly api: Api;
  readonly database: WayInDatabase;
  readonly clock: Clock;
  readonly log: Logger;
  readonly files: PhotoFiles;
  readonly prices: Prices;
  readonly textsIn: (language: Language) => Translator;
}

/** Where the result is, and with which message it began. */
interface After extends Pick<Destination, 'chat' | 'language'> {
  readonly message: number | null | undefined;
}

/**
 * What comes after the pictures: the buttons of an album, and the files of pictures that a chat shows smaller than they
 * are. Owed by a row from before the pictures are sent until all of it is there, so that a kill in between neither loses
 * it nor has the pictures sent again.
 */
export class FollowUps {
  constructor(private readonly parts: Parts) {}

  /** To be called before the pictures are sent. `null` when nothing follows them. */
  async owe(generation: GenerationId, images: readonly Picture[]): Promise<FollowUp | null> {
    const { source, clock, database } = this.parts;
    const isAlbum = images.length > 1;
    if (!isAlbum && !images.some((image) => this.isWorthAFile(image))) return null;
    const followUp = { generation, source, takenAt: clock.now(), hasButtons: !isAlbum };
    await database.stores.followUps.owe(followUp);
    return followUp;
  }

  /** Nothing follows any more: it went another way. */
  drop(generation: GenerationId): Promise<void> {
    return this.parts.database.stores.followUps.done(generation);
  }

  isWorthAFile(image: Picture): boolean {
    return isWorthAFile(image, this.parts.files.documentLimit);
  }

  send(followUp: FollowUp, generation: Generation, images: readonly Picture[], after: After): Promise<void> {
    return this.toItsEnd(generation.id, () => this.sendAll(followUp, generation, images, after));
  }

  /** Goes on where a process was killed, or Telegram was away for long. */
  async takeUp(): Promise<void> {
    const { source, clock, database, log } = this.parts;
    const now = clock.now();
    const untouchedSince = secondsAfter(now, -leftAlone);
    const due = await database.stores.followUps.take(source, now, untouchedSince, takenAtOnce);
    for (const followUp of due)
      try {
        await this.takeUpOne(followUp);
      } catch (error) {
        log.warn('what follows a result could not be sent', { generation: followUp.generation, error });
      }
  }

  private async takeUpOne(followUp: FollowUp): Promise<void> {
    const { generations, images, gallery } = this.parts.database.stores;
    const generation = await generations.find(followUp.generation);
    if (generation === null) return;
    const brought = await images.ofGeneration(generation.id);
    const left = await gallery.some(
      generation.owner,
      brought.map(({ id }) => id),
    );
    // Whatever was deleted meanwhile is not sent.
    if (left.length === 0) return this.drop(generation.id);
    left.sort((one, other) => one.position - other.position);
    await this.toItsEnd(generation.id, () =>
      orInOwnChat(addressOf(generation.origin), generation.owner, (there) =>
        this.sendAll(followUp, generation, left, there),
      ),
    );
  }

  private async toItsEnd(generation: GenerationId, send: () => Promise<boolean>): Promise<void> {
    try {
      if (await send()) await this.drop(generation);
    } catch (error) {
      // It would end the same way again.
      if (isFinal(error) || error instanceof NowhereToSend) await this.drop(generation);
      throw error;
    }
  }

  /** False when another process has it now. */
  private async sendAll(
    followUp: FollowUp,
    generation: Generation,
    images: readonly Picture[],
    { chat, message, language }: After,
  ): Promise<boolean> {
    const { source, api, clock, database, files, prices } = this.parts;
    const { followUps, sentFiles } = database.stores;
    const texts = this.parts.textsIn(language);
    const extra = { ...answering(message), disable_notification: true };
    let held = followUp;
    if (!held.hasButtons) {
      const keyboard = resultKeyboard(generation, images, texts, prices);
      const text = albumText(images, texts);
      await api.sendMessage(chat, text.source, { ...asMessage(keyboard), ...extra });
      held = { ...held, hasButtons: true };
    }
    const ids = images.map(({ id }) => id);
    const there = await sentFiles.handles(source, 'document', ids);
    for (const image of images.filter((each) => this.isWorthAFile(each) && !there.has(each.id))) {
      const kept = await followUps.keep(held, clock.now());
      if (kept === null) return false;
      held = kept;
      const { media } = await files.asDocument(image);
      const sent = await api.sendDocument(chat, media, {
        ...extra,
        ...asCaption(originalText(image, texts)),
      });
      const place: SentPlace = { chat: sent.chat.id, message: sent.message_id };
      await files.remember(image, 'document', sent.document.file_id, place);
    }
    return true;
  }
}
