import { cut } from '../../../../domain/text/cut-text.js';
import type { Feature } from '../../bot-services.js';
import { cancelJobButton, otherAvatarButton, withAvatarButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { onPayingButton, payingButton } from '../../buttons/paying-button.js';
import { say } from '../../replies.js';
import { languageOf } from '../../wording/translator.js';
import { wayOn } from '../way-on.js';

/** Calls a job off, for good or for the same with another avatar. Its message is changed by the delivery. */
export const cancelFeature: Feature = (composer, services) => {
  const { cancelGeneration, takeAnotherAvatar, progress } = services;
  const { database, source, textsIn } = services;

  onButton(composer, cancelJobButton, async (context, { generation }) => {
    const { id: owner, texts } = context.user;
    await cancelGeneration.execute({ id: generation }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('cancelling') });
  });
  // Telegram's own Stop, on the draft that shows the progress: its number is that of the message with the button above.
  composer.on('stopped_message_generation', async (context) => {
    const { chat, draft_id } = context.stoppedMessageGeneration;
    const place = { chat: chat.id, message: draft_id };
    const message = await database.stores.jobMessages.findAt(source, place);
    // It has ended, and how it ended is told there.
    if (message === null) return;
    context.user = { ...context.user, texts: textsIn(languageOf(message.language)) };
    await cancelGeneration.execute({ id: message.generation }, { owner: context.user.id });
  });
  onButton(composer, otherAvatarButton, async (context, { generation }) => {
    const { id: owner, texts } = context.user;
    const others = await takeAnotherAvatar.choices({ id: generation }, { owner });
    await context.answerCallbackQuery();
    if (others.length === 0)
      return void (await say(context, texts.html('no-other-avatar'), wayOn(context, false)));
    await say(
      context,
      texts.html('other-avatar'),
      others.map(({ avatar: { id: avatar, name }, credits }) => [
        payingButton(withAvatarButton, cut(name, 40), { generation, avatar, credits }, texts),
      ]),
    );
  });
  onPayingButton(composer, withAvatarButton, async (context, { generation, avatar }, agreed) => {
    const { id: owner, texts } = context.user;
    const job = await takeAnotherAvatar.execute({ id: generation, avatar }, { owner, agreed });
    await context.answerCallbackQuery({ text: texts.plain('accepted') });
    const message = context.callbackQuery.message;
    await progress.begin(job, message && { chat: message.chat.id, message: message.message_id });
  });
};
