import { type Api, InputMediaBuilder } from 'grammy';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { DeliveryReport, Notification } from '../../../../application/ports/transport.js';
import { type Generation, heldFor } from '../../../../domain/generation/generation.js';
import type { Origin } from '../../../../domain/origin.js';
import { draftButton } from '../../buttons/avatar-buttons.js';
import { answering, asCaption, asMessage } from '../../replies.js';
import { bestEffort, delivering, NowhereToSend, troubleOf } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import { failureText } from '../../wording/refusal-texts.js';
import type { Language, Translator } from '../../wording/translator.js';
import type { ChatTurns } from '../chat-turns.js';
import { addressOf } from '../job-address.js';
import { type Destination, orInOwnChat } from '../own-chat.js';
import type { TrainingDelivery } from '../trainings/training-delivery.js';
import type { PhotoFiles } from './photo-files.js';
import { isWorthAFile } from './photo-rules.js';
import type { Posted, ProgressMessages } from './progress-messages.js';
import { type Prices, resultKeyboard, retryKeyboard } from './result-keyboard.js';
import { albumText, endText, resultCaption } from './result-texts.js';

type Result = Extract<Notification, { kind: 'result' }>;
type Expiry = Extract<Notification, { kind: 'draft-expiring' }>;
type End = Extract<Notification, { kind: 'ended' }>;

interface Handed {
  readonly posted: readonly Posted[];
  /** Not in the chat that asked. */
  readonly isElsewhere: boolean;
  /** The rest of it, which comes after the pictures. */
  readonly follow?: () => Promise<unknown>;
}

interface Parts {
  readonly turns: ChatTurns;
  /** For what is sent in a lane. */
  readonly api: Api;
  /** For what follows it. */
  readonly patient: Api;
  /** For what nobody asked for. */
  readonly unasked: Api;
  readonly files: PhotoFiles;
  readonly progress: ProgressMessages;
  readonly trainings: TrainingDelivery;
  readonly prices: Prices;
  readonly textsIn: (language: Language) => Translator;
}

/** Sends pictures to the chats that asked, or tells them how a job ended without any. */
export class TelegramDelivery {
  constructor(private readonly parts: Parts) {}

  async deliver(notification: Notification): Promise<DeliveryReport> {
    switch (notification.kind) {
      case 'progress':
        await this.parts.progress.show(notification.generation, notification.pending);
        return { kind: 'sent' };
      case 'training-waits':
      case 'training-progress':
        await this.parts.trainings.show(notification);
        return { kind: 'sent' };
      case 'draft-expiring':
        return delivering(() => this.sendExpiry(notification));
      case 'result':
      case 'ended':
        return this.inTurn(notification.generation, () => this.send(notification));
      default:
        return this.inTurn(notification.training, () => this.parts.trainings.deliver(notification));
    }
  }

  private inTurn(
    { origin }: { readonly origin: Origin },
    send: () => Promise<DeliveryReport>,
  ): Promise<DeliveryReport> {
    return this.parts.turns.deliver(addressOf(origin).chat, send);
  }

  private send(notification: Result | End): Promise<DeliveryReport> {
    if (notification.kind === 'ended') return delivering(() => this.sendEnd(notification));
    return delivering(
      () => this.sendOrSayWhy(notification),
      (handed) => ({ kind: 'sent', tidyUp: () => this.tidyUp(notification.generation, handed) }),
    );
  }

  private async sendOrSayWhy(notification: Result): Promise<Handed> {
    const { generation } = notification;
    const address = addressOf(generation.origin);
    try {
      return await orInOwnChat(address, generation.owner, (there) => this.sendTo(there, notification));
    } catch (error) {
      if (error instanceof NowhereToSend) await this.sayWhere(generation, 'result-nowhere');
      throw error;
    }
  }

  private async sendTo(there: Destination, notification: Result): Promise<Handed> {
    try {
      return await this.sendImages(notification, there);
    } catch (error) {
      const trouble = troubleOf(error);
      switch (trouble?.kind) {
        case 'unknown_handle':
          await this.parts.files.forget(notification.images, 'photo');
          return this.sendImages(notification, there);
        case 'moved':
          return this.sendImages(notification, { ...there, chat: trouble.chat });
        case 'no_photo':
        case 'closed':
        case 'refused':
          // A chat may take files and no photos, and Telegram finds pictures that it cannot show.
          return this.sendAsDocuments(notification, there);
        default:
          throw error;
      }
    }
  }

  private async tidyUp(generation: Generation, { posted, isElsewhere, follow }: Handed): Promise<void> {
    try {
      await follow?.();
    } finally {
      if (isElsewhere) await this.sayWhere(generation, 'result-sent-elsewhere');
      await this.parts.progress.remove(generation, posted);
    }
  }

  /** In the chat that asked, if it accepts text. */
  private async sayWhere(
    generation: Generation,
    key: 'result-sent-elsewhere' | 'result-nowhere',
  ): Promise<void> {
    const text = this.parts.textsIn(addressOf(generation.origin).language).html(key);
    await bestEffort(() => this.parts.progress.conclude(generation, text, []));
  }

  private async sendImages(notification: Result, there: Destination): Promise<Handed> {
    const { chat, message, language, quiet, isElsewhere } = there;
    const { generation, images } = notification;
    const { api, patient, files, prices } = this.parts;
    const texts = this.parts.textsIn(language);
    const caption = captionAt(there, notification, texts);
    const keyboard = resultKeyboard(generation, images, texts, prices);
    const [first, ...others] = await files.asPhotos(images, notification.isNew);
    if (first === undefined) throw new Error(`generation ${generation.id} has no images to send`);
    const extra = { ...answering(message), disable_notification: quiet };
    if (others.length === 0) {
      const options = { ...extra, ...asCaption(caption, keyboard) };
      const sent = await api.sendPhoto(chat, first.media, options);
      const handle = sent.photo.at(-1)?.file_id;
      const follow = () => this.sendOriginals(chat, sent.message_id, images);
      return { posted: [{ image: first.image.id, form: 'photo', handle }], isElsewhere, follow };
    }
    const album = [first, ...others].map(({ media }, index) =>
      InputMediaBuilder.photo(media, index === 0 ? asCaption(caption) : {}),
    );
    const sent = await api.sendMediaGroup(chat, album, extra);
    const posted = [first, ...others].map(({ image }, index): Posted => {
      const post = sent[index];
      const handle = post !== undefined && 'photo' in post ? post.photo.at(-1)?.file_id : undefined;
      return { image: image.id, form: 'photo', handle };
    });
    const under = albumText(generation, images, texts);
    // An album takes no buttons: they follow, and their failure must not send the album again.
    const follow = async () => {
      await patient.sendMessage(chat, under.source, {
        ...asMessage(keyboard),
        ...answering(sent[0]?.message_id),
        disable_notification: true,
      });
      await this.sendOriginals(chat, sent[0]?.message_id, images);
    };
    return { posted, isElsewhere, follow };
  }

  /** Files of pictures that a chat shows smaller than they are. If this fails, the button still sends them. */
  private async sendOriginals(
    chat: number,
    message: number | undefined,
    images: readonly ImageRow[],
  ): Promise<void> {
    const { files, patient } = this.parts;
    const extra = { ...answering(message), disable_notification: true };
    for (const image of images.filter((image) => isWorthAFile(image, files.documentLimit))) {
      const { media } = await files.asDocument(image);
      const sent = await patient.sendDocument(chat, media, extra);
      await files.remember(image, 'document', sent.document.file_id);
    }
  }

  /** Telegram found a picture that it cannot show: a file always goes. */
  private async sendAsDocuments(notification: Result, there: Destination): Promise<Handed> {
    const { chat, message, language, isElsewhere } = there;
    const texts = this.parts.textsIn(language);
    const caption = captionAt(there, notification, texts);
    const keyboard = resultKeyboard(notification.generation, notification.images, texts, this.parts.prices);
    const posted: Posted[] = [];
    for (const [index, image] of notification.images.entries()) {
      const { media } = await this.parts.files.asDocument(image);
      const isLast = index === notification.images.length - 1;
      const sent = await this.parts.api.sendDocument(chat, media, {
        ...answering(message),
        ...(isLast ? asCaption(caption, keyboard) : {}),
      });
      posted.push({ image: image.id, form: 'document', handle: sent.document.file_id });
    }
    return { posted, isElsewhere };
  }

  /** To its owner's own chat, where drafts are made. */
  private async sendExpiry({ draft, avatar, photos, expiresAt }: Expiry): Promise<void> {
    const { chat, language } = addressOf(draft.origin);
    const texts = this.parts.textsIn(language);
    const { name } = avatar;
    const text = texts.html('draft-expiring', { name, count: photos, at: expiresAt });
    const keep = draftButton.button(texts.plain('button-draft-go-on'), { avatar: avatar.id });
    await this.parts.unasked.sendMessage(chat, text.source, asMessage([[keep]]));
  }

  private async sendEnd({ generation }: End): Promise<void> {
    const address = addressOf(generation.origin);
    const { language } = address;
    const texts = this.parts.textsIn(language);
    const reason = generation.status === 'failed' ? failureText(generation.failure, texts) : null;
    const text = endText(generation, reason, heldFor(generation), texts);
    const keyboard = retryKeyboard(generation, texts);
    let isTold = false;
    await bestEffort(async () => {
      isTold = await this.parts.progress.conclude(generation, text, keyboard);
    });
    if (isTold) return;
    await orInOwnChat(address, generation.owner, ({ chat, message }) =>
      this.parts.api.sendMessage(chat, text.source, {
        ...asMessage(keyboard),
        ...answering(message),
      }),
    );
    await this.parts.progress.remove(generation);
  }
}

function captionAt({ isElsewhere }: Destination, notification: Result, texts: Translator): Html {
  const caption = resultCaption(notification, texts);
  return isElsewhere ? Html.join([texts.html('result-from-elsewhere'), caption]) : caption;
}
