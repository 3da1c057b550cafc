import type { Mine } from '../../../../application/avatars/update-avatar-draft.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { ownChatOf } from '../../middleware/one-tap.js';

/** Opens a draft: from now on photos go to it, its message shows how far it is and asks for a name until it has one. */
export class Drafting {
  constructor(private readonly services: BotServices) {}

  /** @throws DomainError `not_found` when nothing is being made of photos here, `wrong_state` while it trains. */
  async open(context: BotContext, mine: Mine): Promise<void> {
    const { updateAvatarDraft, draftMessages } = this.services;
    await updateAvatarDraft.open({ avatar: mine.avatar }, mine);
    const message = context.callbackQuery?.message?.message_id;
    const place = await draftMessages.placeOf(mine.avatar);
    if (place !== null && place.message === message) return draftMessages.refresh(mine, context.user.texts);
    await draftMessages.post(mine, context.user.texts);
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
