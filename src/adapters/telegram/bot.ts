import { autoRetry } from '@grammyjs/auto-retry';
import { sequentialize } from '@grammyjs/runner';
import { Bot } from 'grammy';
import type { BotContext } from './bot-context.js';
import { anythingElseFeature } from './features/anything-else.js';
import { avatarCardsFeature } from './features/avatar-cards.js';
import { avatarsFeature } from './features/avatars.js';
import { balanceFeature } from './features/balance.js';
import { cancelFeature } from './features/cancel.js';
import { expectedTextFeature } from './features/expected-text.js';
import { galleryFeature } from './features/gallery.js';
import { galleryPagesFeature } from './features/gallery-pages.js';
import { generateFeature } from './features/generate.js';
import { helpFeature } from './features/help.js';
import { inlineFeature } from './features/inline.js';
import { loraFilesFeature } from './features/lora-files.js';
import { newAvatarFeature } from './features/new-avatar.js';
import { photoCardsFeature } from './features/photo-cards.js';
import { photoPromptFeature } from './features/photo-prompt.js';
import { photosFeature } from './features/photos.js';
import { presetsFeature } from './features/presets.js';
import { privacyFeature } from './features/privacy.js';
import { recipesFeature } from './features/recipes.js';
import { resultButtonsFeature } from './features/result-buttons.js';
import { resultDetailsFeature } from './features/result-details.js';
import { settingsFeature } from './features/settings.js';
import { startFeature } from './features/start.js';
import { trainingFeature } from './features/training.js';
import { wishFeature } from './features/wish.js';
import { onlyWhenAddressed } from './middleware/addressed.js';
import { explainRefusals } from './middleware/explain-refusals.js';
import { hearEdits } from './middleware/hear-edits.js';
import { knowCaller } from './middleware/know-caller.js';
import { onceOnly } from './middleware/once-only.js';
import { readCommands } from './middleware/read-commands.js';
import type { Toolbox } from './toolbox.js';

/** In the order in which they are asked. */
const features = [
  recipesFeature,
  startFeature,
  helpFeature,
  presetsFeature,
  settingsFeature,
  balanceFeature,
  avatarsFeature,
  avatarCardsFeature,
  newAvatarFeature,
  photoCardsFeature,
  trainingFeature,
  loraFilesFeature,
  privacyFeature,
  galleryFeature,
  galleryPagesFeature,
  resultButtonsFeature,
  resultDetailsFeature,
  wishFeature,
  cancelFeature,
  inlineFeature,
  expectedTextFeature,
  generateFeature,
  photosFeature,
  photoPromptFeature,
  anythingElseFeature,
];

/** Seconds that an answer waits when Telegram asks for patience; longer waits are not worth a handler's time. */
const patience = 5;

/** The bot as grammY knows it: middleware and features, and nothing that runs yet. */
export function createBot(toolbox: Toolbox): Bot<BotContext> {
  const bot = new Bot<BotContext>(toolbox.token, {
    client: { apiRoot: toolbox.apiUrl, timeoutSeconds: 60 },
  });
  bot.api.config.use(
    autoRetry({
      maxDelaySeconds: patience,
      maxRetryAttempts: 1,
      rethrowInternalServerErrors: true,
      rethrowHttpErrors: true,
    }),
  );
  // One thing after another in each chat; chats do not wait for each other.
  bot.use(
    sequentialize((context) => String(context.chat?.id ?? context.from?.id ?? context.update.update_id)),
  );
  bot.use(onceOnly(toolbox, toolbox.source));
  bot.use(explainRefusals(toolbox.log, toolbox.wordsIn));
  bot.use(readCommands);
  bot.use(onlyWhenAddressed);
  bot.use(knowCaller(toolbox, toolbox.wordsIn));
  bot.use(hearEdits(toolbox));
  for (const feature of features) bot.use(feature(toolbox));
  bot.catch(({ error, ctx }) =>
    toolbox.log.error('an update could not be dealt with', { update: ctx.update.update_id, error }),
  );
  return bot;
}
