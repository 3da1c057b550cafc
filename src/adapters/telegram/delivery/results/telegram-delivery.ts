import { type Api, InputMediaBuilder } from 'grammy';
import type { Message } from 'grammy/types';
import type { DeliveryReport, Notification } from '../../../../application/ports/transport.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { Origin } from '../../../../domain/origin.js';
import { draftButton } from '../../buttons/avatar-buttons.js';
import { answering, asCaption, asMessage } from '../../replies.js';
import { bestEffort, delivering, NowhereToSend, troubleOf } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import type { Language, Translator } from '../../wording/translator.js';
import type { ChatTurns } from '../chat-turns.js';
import { addressOf } from '../job-address.js';
import { type Destination, orInOwnChat } from '../own-chat.js';
import type { TrainingDelivery } from '../trainings/training-delivery.js';
import { endScreen } from './end-screen.js';
import type { FollowUps } from './follow-ups.js';
import { handleOf, type PhotoFiles, type Picture } from './photo-files.js';
import type { Posted, ProgressMessages } from './progress-messages.js';
import { type Prices, resultKeyboard } from './result-keyboard.js';
import { originalText, resultCaption } from './result-texts.js';

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
  /** For what nobody asked for. */
  readonly unasked: Api;
  readonly files: PhotoFiles;
  readonly followUps: FollowUps;
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
    const { generation } = notification;
    const { api, files, followUps, prices } = this.parts;
    const texts = this.parts.textsIn(language);
    const images = picturesOf(notification);
    const caption = this.captionAt(there, notification, texts);
    const [first, ...others] = await files.asPhotos(images, notification.isNew);
    if (first === undefined) throw new Error(`generation ${generation.id} has no images to send`);
    const owed = await followUps.owe(generation.id, images);
    const followUp = (sent: Message | undefined) =>
      owed === null
        ? {}
        : {
            follow: () =>
              followUps.send(owed, generation, images, { chat, language, message: sent?.message_id }),
          };
    const extra = { ...answering(message), disable_notification: quiet };
    if (others.length === 0) {
      const keyboard = resultKeyboard(generation, images, texts, prices);
      const sent = await api.sendPhoto(chat, first.media, { ...extra, ...asCaption(caption, keyboard) });
      return { posted: [postedAs(first.image, sent)], isElsewhere, ...followUp(sent) };
    }
    const album = [first, ...others].map(({ media }, index) =>
      InputMediaBuilder.photo(media, index === 0 ? asCaption(caption) : {}),
    );
    // An album takes no buttons: they follow, and their failure must not send the album again.
    const sent = await api.sendMediaGroup(chat, album, extra);
    const posted = [first, ...others].flatMap(({ image }, index) => {
      const post = sent[index];
      return post === undefined ? [] : [postedAs(image, post)];
    });
    return { posted, isElsewhere, ...followUp(sent[0]) };
  }

  /** Of a picture that its file follows, the size too. */
  private captionAt(there: Destination, notification: Result, texts: Translator): Html {
    const [first] = notification.images;
    const isFollowed = first !== undefined && this.parts.followUps.isWorthAFile(first);
    return Html.join([
      resultCaptionAt(there, notification, texts),
      isFollowed && texts.html('original-follows', { size: `${first.width} × ${first.height}` }),
    ]);
  }

  /** Telegram found a picture that it cannot show: a file always goes. */
  private async sendAsDocuments(notification: Result, there: Destination): Promise<Handed> {
    const { chat, message, language, isElsewhere } = there;
    const { api, files, followUps, prices } = this.parts;
    const { generation } = notification;
    const texts = this.parts.textsIn(language);
    const images = picturesOf(notification);
    const caption = resultCaptionAt(there, notification, texts);
    const keyboard = resultKeyboard(generation, images, texts, prices);
    // These are the originals.
    await followUps.drop(generation.id);
    const posted: Posted[] = [];
    for (const [index, image] of images.entries()) {
      const { media } = await files.asDocument(image);
      const isLast = index === images.length - 1;
      const sent = await api.sendDocument(chat, media, {
        ...answering(message),
        ...(isLast ? asCaption(caption, keyboard) : asCaption(originalText(image, texts))),
      });
      posted.push(postedAs(image, sent));
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
    const texts = this.parts.textsIn(address.language);
    const { text, keyboard } = endScreen(generation, texts, this.parts.prices);
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

/** The prompt names their files. */
const picturesOf = ({ generation: { prompt }, images }: Result): readonly Picture[] =>
  images.map((image) => ({ ...image, prompt }));

const postedAs = (image: Picture, sent: Message): Posted => ({
  image: image.id,
  form: sent.document === undefined ? 'photo' : 'document',
  handle: handleOf(sent),
  place: { chat: sent.chat.id, message: sent.message_id },
});

function resultCaptionAt({ isElsewhere }: Destination, notification: Result, texts: Translator): Html {
  const caption = resultCaption(notification, texts);
  return isElsewhere ? Html.join([texts.html('result-from-elsewhere'), caption]) : caption;
}
