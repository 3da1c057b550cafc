import { DomainError } from '../../../../domain/errors.js';
import { openTrainingStatuses } from '../../../../domain/training/training.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { asTransportState, draftStateOf } from '../../delivery/drafts/draft-state.js';
import type { Mine } from '../../delivery/drafts/open-drafts.js';
import { ownChatOf } from '../../middleware/one-tap.js';

const running: readonly string[] = openTrainingStatuses;

/** Turns to an avatar in the making: from now on photos go to it, and its message shows how far it is. */
export class Drafting {
  constructor(private readonly services: BotServices) {}

  /** @throws DomainError `not_found` when nothing is being made of photos here, `wrong_state` while it trains. */
  async open(context: BotContext, mine: Mine): Promise<void> {
    const { database, updateAvatarDraft, draftMessages, clock } = this.services;
    if ((await database.stores.avatarDrafts.findOwned(mine.owner, mine.avatar)) === null)
      throw new DomainError({ code: 'not_found', what: 'draft' });
    await this.refuseWhileTraining(mine);
    await updateAvatarDraft.saveTransportState(
      mine,
      asTransportState({ collecting: true, chosenAt: clock.now().getTime() }),
    );
    await this.askForName(mine);
    const message = context.callbackQuery?.message?.message_id;
    const place = await draftMessages.placeOf(mine.avatar);
    if (place !== null && place.message === message) return draftMessages.refresh(mine, context.user.texts);
    await draftMessages.post(mine, context.user.texts);
  }

  /** Its screen asks for a name as long as it has none: then a text in this chat is one. */
  private async askForName({ owner, avatar: id }: Mine): Promise<void> {
    const { avatars, avatarDrafts, pendingReplies } = this.services.database.stores;
    const [avatar, draft] = await Promise.all([
      avatars.findOwned(owner, id),
      avatarDrafts.findOwned(owner, id),
    ]);
    if (avatar?.status !== 'draft' || draft === null || draftStateOf(draft).named) return;
    const chat = String(owner);
    await pendingReplies.expect({ owner, chat, kind: 'avatar-name', subject: id }, this.services.clock.now());
  }

  /** Opens an avatar that was trained once for photos again. */
  async reopen(context: BotContext, mine: Mine): Promise<void> {
    const { updateAvatarDraft, draftMessages } = this.services;
    await this.refuseWhileTraining(mine);
    await draftMessages.remove(mine);
    await updateAvatarDraft.reopen(mine, ownChatOf(context));
    await this.open(context, mine);
  }

  private async refuseWhileTraining({ owner, avatar }: Mine): Promise<void> {
    const { avatars, trainings } = this.services.database.stores;
    if ((await avatars.findOwned(owner, avatar)) === null)
      throw new DomainError({ code: 'not_found', what: 'avatar' });
    if ((await trainings.ofAvatar(avatar)).some(({ status }) => running.includes(status)))
      throw new DomainError({ code: 'wrong_state', what: 'avatar', status: 'training', wanted: 'draft' });
  }
}
