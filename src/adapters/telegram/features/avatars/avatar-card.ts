import type { InlineKeyboardButton } from 'grammy/types';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { mediaKeyOf, trainedKind } from '../../../../domain/avatar/avatar-model.js';
import { isOpenTraining, type Training } from '../../../../domain/training/training.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import * as making from '../../buttons/avatar-buttons.js';
import * as buttons from '../../buttons/settings-buttons.js';
import { earlierOf, goBackRows } from '../../delivery/trainings/training-texts.js';
import { asCaption, editing, type Keyboard, say, show } from '../../replies.js';
import { troubleOf } from '../../telegram-errors.js';
import { decimal } from '../../wording/decimal.js';
import { finetunePresets } from '../../wording/finetune-presets.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** One avatar as a card: with the newest picture of it, else one of its proof sheet, if there is any. */
export class AvatarCards {
  constructor(private readonly services: Pick<BotServices, 'database' | 'clock' | 'files' | 'uploads'>) {}

  /** In the tapped message if possible, else in a new one. */
  async show(context: BotContext, avatar: Avatar): Promise<void> {
    const { texts } = context.user;
    const text = cardText(avatar, texts);
    const keyboard = cardKeyboard(avatar, await this.openTrainingOf(avatar), texts);
    if (context.callbackQuery?.message?.photo !== undefined)
      return editing(() => context.editMessageCaption(asCaption(text, keyboard)));
    const picture = await this.pictureOf(avatar);
    const shown = await this.services.files.asShown(picture === null ? [] : [picture]);
    const sample = shown.find(({ isMissing }) => isMissing !== true);
    if (sample === undefined) return show(context, text, keyboard);
    const chat = context.chat?.id ?? Number(avatar.owner);
    try {
      await this.services.uploads.sendPhoto(chat, sample.media, asCaption(text, keyboard));
    } catch (error) {
      // The picture is best effort: the card is what was asked for.
      if (!['unknown_handle', 'no_photo'].includes(troubleOf(error)?.kind ?? '')) throw error;
      await this.services.files.forget([sample.image], 'photo');
      await say(context, text, keyboard);
    }
  }

  private async pictureOf({ id, owner, defaultStrength }: Avatar): Promise<ImageRow | null> {
    const { gallery, trainings, images } = this.services.database.stores;
    const query = { owner, filter: { avatar: id }, now: this.services.clock.now() };
    const [newest] = await gallery.older(query, 1);
    if (newest !== undefined) return newest;
    const cells = (await trainings.ofAvatar(id)).flatMap((training) =>
      training.status === 'ready' && training.proof.status === 'composed' ? training.proof.sheet.cells : [],
    );
    const made = cells.filter(({ generation }) => generation !== null);
    const { generation } = made.find(({ scale }) => scale === (defaultStrength ?? 1)) ?? made[0] ?? {};
    const [proof] = generation == null ? [] : await images.ofGeneration(generation);
    return proof ?? null;
  }

  private async openTrainingOf({ id }: Avatar): Promise<Training | null> {
    const trainings = await this.services.database.stores.trainings.ofAvatar(id);
    return trainings.find(isOpenTraining) ?? null;
  }
}

function cardText(avatar: Avatar, texts: Translator): Html {
  return Html.join([
    texts.html('avatar-card', {
      name: avatar.name,
      type: texts.html(`avatar-type-${avatar.type}`),
      status: texts.html(`avatar-status-${avatar.status}`),
      at: avatar.createdAt,
    }),
    avatar.isMain && texts.html('avatar-card-main'),
    avatar.trigger !== null && texts.html('avatar-card-trigger', { trigger: avatar.trigger }),
    avatar.status === 'ready' && texts.html(`avatar-card-${avatar.model.kind}`, finetunePresets(texts)),
    earlierOf(avatar).length > 0 && texts.html('avatar-card-earlier'),
    avatar.defaultStrength !== null &&
      texts.html('avatar-card-strength', { strength: decimal(avatar.defaultStrength, texts) }),
  ]);
}

function cardKeyboard(avatar: Avatar, training: Training | null, texts: Translator): Keyboard {
  const id = { avatar: avatar.id };
  const isReady = avatar.status === 'ready';
  const rows: InlineKeyboardButton[][] = [];
  if (isReady) rows.push([buttons.useAvatarButton.button(texts.plain('button-use-avatar'), id)]);
  rows.push([
    ...(isReady && !avatar.isMain
      ? [buttons.makeMainButton.button(texts.plain('button-make-main'), id)]
      : []),
    buttons.renameButton.button(texts.plain('button-rename'), id),
    ...(isReady ? [making.strengthMenuButton.button(texts.plain('button-strength'), id)] : []),
  ]);
  if (training !== null)
    rows.push([
      making.cancelTrainingButton.button(texts.plain('button-cancel-training'), { training: training.id }),
    ]);
  else if (avatar.status === 'draft')
    rows.push([making.draftButton.button(texts.plain('button-draft-open'), id)]);
  else rows.push([making.retrainButton.button(texts.plain(retrainLabel(avatar)), id)]);
  rows.push(...goBackRows(avatar, 'card', texts));
  const isKept = isReady && mediaKeyOf(avatar.model) !== null;
  rows.push([
    ...(isKept ? [making.exportLoraButton.button(texts.plain('button-export-lora'), id)] : []),
    making.deleteAvatarButton.button(texts.plain('button-delete'), id),
  ]);
  rows.push([buttons.avatarsButton.button(texts.plain('button-back'), {})]);
  return rows;
}

/** A training may make another kind of model than the avatar holds. */
const retrainLabel = (avatar: Avatar) =>
  avatar.status === 'ready' && avatar.model.kind !== trainedKind ? 'button-to-lora' : 'button-retrain';
