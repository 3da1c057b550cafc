import { NoAssistance } from '../../../../application/ports/prompt-assistant.js';
import type { Feature } from '../../bot-services.js';
import { textTo } from '../../middleware/addressed.js';
import { originOf } from '../../middleware/one-tap.js';
import { say } from '../../replies.js';
import { newAvatarHint } from '../avatars/new-avatar.js';
import { FormScreens } from './form-screens.js';

/** A photo as a prompt: it is described in words, which can be changed before anything is charged. */
export const photoPromptFeature: Feature = (composer, services) => {
  const formScreens = new FormScreens(services);
  const { database, describePhoto, telegramFiles } = services;

  composer.on('message:photo', async (context, next) => {
    // Several photos are no prompt.
    if (context.message.media_group_id !== undefined) return next();
    const { user } = context;
    const photo = context.message.photo.at(-1);
    if (photo === undefined || (photo.file_size ?? 0) > telegramFiles.limit) return next();
    const avatars = await database.stores.avatars.list(user.id);
    // Whoever has no avatar sends a photo to get one.
    if (!avatars.some(({ status }) => status === 'ready')) return newAvatarHint(context);
    const help = await describePhoto.execute(
      { caption: textTo(context) },
      {
        owner: user.id,
        origin: originOf(context),
        async read(signal) {
          const file = await telegramFiles.download(photo.file_id, signal).catch((error: unknown) => {
            throw new NoAssistance('the photo could not be read', { cause: error });
          });
          if ('refused' in file) throw new NoAssistance('the photo could not be read');
          return file.bytes;
        },
      },
    );
    const sent = await say(context, user.texts.html('photo-looking'));
    formScreens.follow(user, help, { chat: sent.chat.id, message: sent.message_id });
  });
};
