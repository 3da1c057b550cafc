import { Composer } from 'grammy';
import { useAllowance } from '../../../../application/policy/allowance.js';
import { NoAssistance } from '../../../../application/ports/prompt-assistant.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { textTo } from '../../middleware/addressed.js';
import { originOf } from '../../middleware/one-tap.js';
import { say } from '../../replies.js';
import { FormScreens, withPatience } from './form-screens.js';

/** A photo as a prompt: what is to be seen on it becomes words, which can be changed before anything is charged. */
export function photoPromptFeature(services: BotServices): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const formScreens = new FormScreens(services);
  const {
    promptAssistant: assistant,
    telegramFiles,
    background,
    openForm,
    database,
    policy,
    clock,
  } = services;
  if (assistant === null) return composer;

  composer.on('message:photo', async (context, next) => {
    // Several photos are no prompt.
    if (context.message.media_group_id !== undefined) return next();
    const { user } = context;
    const photo = context.message.photo.at(-1);
    if (photo === undefined || (photo.file_size ?? 0) > telegramFiles.limit) return next();
    const use = { owner: user.id, kind: 'photo_words' } as const;
    await useAllowance(database.stores, policy, use, clock.now());
    const caption = textTo(context);
    const start = { kind: 'new', prompt: null } as const;
    const form = await openForm.execute(user.id, start, originOf(context));
    const sent = await say(context, user.texts.html('photo-looking'));
    const place = { chat: sent.chat.id, message: sent.message_id };
    background.start('describing a photo', (signal) =>
      formScreens.conclude(user, form, place, async () => {
        const patience = withPatience(signal);
        const file = await telegramFiles.download(photo.file_id, patience).catch((error: unknown) => {
          throw new NoAssistance('the photo could not be read', { cause: error });
        });
        if ('refused' in file) throw new NoAssistance('the photo could not be read');
        const description = await assistant.describe(file.bytes, 'image/jpeg', patience);
        return caption === '' ? description : `${caption}, ${description}`;
      }),
    );
  });
  return composer;
}
