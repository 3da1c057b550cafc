import type { Mine } from '../../../../application/avatars/update-avatar-draft.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { ownChatOf } from '../../middleware/one-tap.js';

/** Opens a draft: from now on photos go to it, and its message shows how far it is. */
export class Drafting {
  constructor(private readonly services: BotServices) {}

  /** @throws DomainError `not_found` when nothing is being made of photos here, `wrong_state` while it trains. */
  async open(context: BotContext, mine: Mine): Promise<void> {
    const { updateAvatarDraft, draftMessages } = this.services;
    const { named } = await updateAvatarDraft.open({ avatar: mine.avatar }, mine);
    if (!named) await this.askForName(mine);
    const message = context.callbackQuery?.message?.message_id;
    const place = await draftMessages.placeOf(mine.avatar);
    if (place !== null && place.message === message) return draftMessages.refresh(mine, context.user.texts);
    await draftMessages.post(mine, context.user.texts);
  }

  /** As long as it has no name its screen asks for one, and the next text in this chat is taken for it. */
  private async askForName({ owner, avatar: id }: Mine): Promise<void> {
    const { avatars, pendingReplies } = this.services.database.stores;
    if ((await avatars.findOwned(owner, id))?.status !== 'draft') return;
    const chat = String(owner);
    await pendingReplies.expect({ owner, chat, kind: 'avatar-name', subject: id }, this.services.clock.now());
  }

  /** Opens a trained avatar for photos again. */
  async reopen(context: BotContext, mine: Mine): Promise<void> {
    const { updateAvatarDraft, draftMessages } = this.services;
    const place = await draftMessages.placeOf(mine.avatar);
    await updateAvatarDraft.reopen(
      { avatar: mine.avatar },
      { owner: mine.owner, origin: ownChatOf(context) },
    );
    if (place !== null) await draftMessages.erase(place);
    await this.open(context, mine);
  }
}
