import type { Api } from 'grammy';
import { openDrafts } from '../../../../application/avatars/open-drafts.js';
import type { Mine } from '../../../../application/avatars/update-avatar-draft.js';
import { DomainError } from '../../../../domain/errors.js';
import type { AvatarId } from '../../../../domain/ids.js';
import { asMessage, type MessagePlace, type Screen } from '../../replies.js';
import type { TelegramDependencies } from '../../telegram-dependencies.js';
import { bestEffort, troubleOf } from '../../telegram-errors.js';
import type { Translator } from '../../wording/translator.js';
import { draftScreen } from './draft-screen.js';
import { asTransportState, draftStateOf } from './draft-state.js';

/** The one message that shows a draft. Its chat and number are kept in the draft's row. */
export class DraftMessages {
  constructor(
    private readonly api: Api,
    private readonly uploads: Api,
    private readonly dependencies: Pick<
      TelegramDependencies,
      'database' | 'requestTraining' | 'updateAvatarDraft'
    >,
  ) {}

  async placeOf(avatar: AvatarId): Promise<MessagePlace | null> {
    const draft = await this.dependencies.database.stores.avatarDrafts.find(avatar);
    return draft === null ? null : draftStateOf(draft).place;
  }

  /** Shows the state of the draft in a new message at the end of the chat and deletes the earlier one. */
  async post(mine: Mine, texts: Translator, isLooking = false): Promise<void> {
    await this.postScreen(mine, await this.screen(mine, texts, isLooking));
  }

  /** Shows the state of the draft in its message, or in a new one if there is none. */
  async refresh(mine: Mine, texts: Translator, isLooking = false): Promise<void> {
    const screen = await this.screen(mine, texts, isLooking);
    if (!(await this.write(mine.avatar, screen))) await this.postScreen(mine, screen);
  }

  /** Turns the message into something else. False when there is none, or Telegram does not let us. */
  async write(avatar: AvatarId, screen: Screen): Promise<boolean> {
    const place = await this.placeOf(avatar);
    return place !== null && this.edit(place, screen);
  }

  /** From now on this is the message of the draft. */
  async adopt(mine: Mine, place: MessagePlace): Promise<void> {
    await this.dependencies.updateAvatarDraft.saveTransportState(mine, asTransportState({ place }));
  }

  /** Deletes the message. Fine, too, if the avatar was deleted meanwhile. */
  async remove(mine: Mine): Promise<void> {
    const place = await this.placeOf(mine.avatar);
    if (place === null) return;
    try {
      await this.dependencies.updateAvatarDraft.saveTransportState(mine, asTransportState({ place: null }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    await this.erase(place);
  }

  private async postScreen(mine: Mine, { text, keyboard }: Screen): Promise<void> {
    const chat = Number(mine.owner);
    const before = await this.placeOf(mine.avatar);
    const sent = await this.uploads.sendMessage(chat, text.source, {
      ...asMessage(keyboard),
      disable_notification: true,
    });
    await this.adopt(mine, { chat, message: sent.message_id });
    if (before !== null) await this.erase(before);
  }

  private async edit({ chat, message }: MessagePlace, { text, keyboard }: Screen): Promise<boolean> {
    try {
      await this.api.editMessageText(chat, message, text.source, asMessage(keyboard));
      return true;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      // An unchanged message counts as success, a deleted one does not.
      return !(error instanceof Error && /not found|can't be edited|MESSAGE_ID_INVALID/i.test(error.message));
    }
  }

  async erase({ chat, message }: MessagePlace): Promise<void> {
    await bestEffort(() => this.api.deleteMessage(chat, message));
  }

  private async screen(mine: Mine, texts: Translator, isLooking: boolean) {
    const { stores } = this.dependencies.database;
    const [avatar, draft] = await Promise.all([
      stores.avatars.findOwned(mine.owner, mine.avatar),
      stores.avatarDrafts.findOwned(mine.owner, mine.avatar),
    ]);
    if (avatar === null || draft === null) throw new DomainError({ code: 'not_found', what: 'draft' });
    const photos = await stores.photos.list(mine.avatar);
    const others = (await openDrafts(stores, mine.owner)).filter(({ id }) => id !== mine.avatar).length;
    const quote = await this.dependencies.requestTraining.quote({ avatar: mine.avatar }, mine);
    return draftScreen({ avatar, draft, photos, others, isLooking, quote }, texts);
  }
}
