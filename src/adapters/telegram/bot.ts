import { autoRetry } from '@grammyjs/auto-retry';
import { sequentialize } from '@grammyjs/runner';
import { Bot } from 'grammy';
import type { BotContext } from './bot-context.js';
import type { BotServices, Feature } from './bot-services.js';
import { apiKeysFeature } from './features/account/api-keys.js';
import { appealFeature } from './features/account/appeal.js';
import { askAccessFeature } from './features/account/ask-access.js';
import { balanceFeature } from './features/account/balance.js';
import { helpFeature } from './features/account/help.js';
import { privacyFeature } from './features/account/privacy.js';
import { hearBlocks } from './features/account/reachable.js';
import { settingsFeature } from './features/account/settings.js';
import { startFeature } from './features/account/start.js';
import { adminFeature } from './features/admin/admin.js';
import { anythingElseFeature } from './features/anything-else.js';
import { avatarCardsFeature } from './features/avatars/avatar-cards.js';
import { avatarsFeature } from './features/avatars/avatars.js';
import { loraFilesFeature } from './features/avatars/lora-files.js';
import { newAvatarFeature } from './features/avatars/new-avatar.js';
import { photoCardsFeature } from './features/avatars/photo-cards.js';
import { photosFeature } from './features/avatars/photos.js';
import { proofFeature } from './features/avatars/proof.js';
import { trainingFeature } from './features/avatars/training.js';
import { expectedTextFeature } from './features/expected-text.js';
import { galleryFeature } from './features/gallery/gallery.js';
import { gallerySelectionFeature } from './features/gallery/gallery-selection.js';
import { chooseInsteadFeature } from './features/generate/choose-instead.js';
import { formFeature } from './features/generate/form.js';
import { generateFeature } from './features/generate/generate.js';
import { inlineFeature } from './features/generate/inline.js';
import { photoPromptFeature } from './features/generate/photo-prompt.js';
import { pictureWordsFeature } from './features/generate/picture-words.js';
import { presetsFeature } from './features/generate/presets.js';
import { recipesFeature } from './features/generate/recipes.js';
import { invitationFeature } from './features/payments/invitation.js';
import { offersFeature } from './features/payments/offers-screen.js';
import { promoFeature } from './features/payments/promo.js';
import { bookMoney, refundsFeature } from './features/payments/receipts.js';
import { hearSubscriptions, subscriptionsFeature } from './features/payments/subscriptions.js';
import { termsFeature } from './features/payments/terms.js';
import { privateScreensFeature } from './features/private-screens.js';
import { cancelFeature } from './features/results/cancel.js';
import { resultButtonsFeature } from './features/results/result-buttons.js';
import { resultDetailsFeature } from './features/results/result-details.js';
import { onlyWhenAddressed } from './middleware/addressed.js';
import { explainRefusals } from './middleware/explain-refusals.js';
import { hearEdits } from './middleware/hear-edits.js';
import { knowUser } from './middleware/know-user.js';
import { onceOnly } from './middleware/once-only.js';
import { ownMenu } from './middleware/own-menu.js';
import { readCommands } from './middleware/read-commands.js';

/** In the order in which they are asked. */
const features: readonly Feature[] = [
  privateScreensFeature,
  askAccessFeature,
  appealFeature,
  recipesFeature,
  promoFeature,
  invitationFeature,
  startFeature,
  helpFeature,
  presetsFeature,
  settingsFeature,
  balanceFeature,
  offersFeature,
  refundsFeature,
  subscriptionsFeature,
  termsFeature,
  adminFeature,
  avatarsFeature,
  avatarCardsFeature,
  newAvatarFeature,
  photoCardsFeature,
  trainingFeature,
  proofFeature,
  loraFilesFeature,
  privacyFeature,
  apiKeysFeature,
  galleryFeature,
  gallerySelectionFeature,
  resultButtonsFeature,
  resultDetailsFeature,
  formFeature,
  chooseInsteadFeature,
  cancelFeature,
  inlineFeature,
  pictureWordsFeature,
  expectedTextFeature,
  generateFeature,
  photosFeature,
  photoPromptFeature,
  anythingElseFeature,
];

/** Seconds that an answer waits when Telegram asks for patience; longer waits are not worth a handler's time. */
const patience = 5;

/** The bot as grammY knows it: middleware and features, and nothing that runs yet. */
export function createBot(services: BotServices): Bot<BotContext> {
  const bot = new Bot<BotContext>(services.token, {
    client: { apiRoot: services.apiUrl, timeoutSeconds: 60 },
  });
  bot.api.config.use(
    services.floodWaits.transformer,
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
  bot.use(onceOnly(services, services.source));
  // Outside of what explains refusals: nobody wrote, and what fails is tried again.
  bot.use(hearSubscriptions(services));
  bot.use(hearBlocks(services));
  bot.use(explainRefusals(services));
  bot.use(bookMoney(services));
  bot.use(readCommands);
  bot.use(onlyWhenAddressed);
  bot.use(knowUser(services, services.textsIn));
  bot.use(ownMenu(services));
  bot.use(hearEdits(services));
  for (const feature of features) feature(bot, services);
  bot.catch(({ error, ctx }) =>
    services.log.error('an update could not be dealt with', { update: ctx.update.update_id, error }),
  );
  return bot;
}
