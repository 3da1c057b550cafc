import type { Api } from 'grammy';
import { ChangeWish } from '../../application/composer/change-wish.js';
import { DescribeWish } from '../../application/composer/describe-wish.js';
import { OrderWish } from '../../application/composer/order-wish.js';
import { ShareRecipe } from '../../application/composer/share-recipe.js';
import { StartWish } from '../../application/composer/start-wish.js';
import { RepeatGeneration } from '../../application/generation/repeat-generation.js';
import type { Background } from './background.js';
import type { DraftMessages } from './delivery/drafts/draft-messages.js';
import type { OpenDrafts } from './delivery/drafts/open-drafts.js';
import type { PhotoFiles } from './delivery/results/photo-files.js';
import type { ProgressMessages } from './delivery/results/progress-messages.js';
import type { TrainingDelivery } from './delivery/trainings/training-delivery.js';
import type { PhotoDesk } from './photos/photo-desk.js';
import type { TelegramFiles } from './photos/telegram-files.js';
import type { TelegramDependencies } from './telegram-dependencies.js';
import type { Language, Words } from './wording/words.js';

/** Use cases that need nothing but what the bot was given. */
export function useCasesOf({ database, clock, ids, policy, requestGeneration }: TelegramDependencies) {
  const describeWish = new DescribeWish(database, clock, policy);
  return {
    startWish: new StartWish(database, clock, ids),
    describeWish,
    changeWish: new ChangeWish(database),
    orderWish: new OrderWish(database, describeWish, requestGeneration),
    repeatGeneration: new RepeatGeneration(database, requestGeneration),
    shareRecipe: new ShareRecipe(database, clock, ids),
  };
}

/** What the features share: the dependencies and what the bot made of them. */
export interface Toolbox extends TelegramDependencies, ReturnType<typeof useCasesOf> {
  /** Names this bot in rows: its numbers and file handles are its own. */
  readonly source: string;
  /** For courtesies: gives up soon. */
  readonly api: Api;
  /** For files: takes its time, and keeps to Telegram's pace. */
  readonly uploads: Api;
  readonly progress: ProgressMessages;
  readonly files: PhotoFiles;
  readonly telegramFiles: TelegramFiles;
  /** Avatars that photos go to, and the message of each. */
  readonly drafts: OpenDrafts;
  readonly draftMessages: DraftMessages;
  readonly desk: PhotoDesk;
  readonly trainings: TrainingDelivery;
  /** For what takes longer than a handler may. */
  readonly background: Background;
  readonly wordsIn: (language: Language) => Words;
}
