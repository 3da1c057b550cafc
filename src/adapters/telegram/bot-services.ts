import type { Api, Composer } from 'grammy';
import type { Background } from './background.js';
import type { CommandMenus } from './bot-commands.js';
import type { BotContext } from './bot-context.js';
import type { DraftMessages } from './delivery/drafts/draft-messages.js';
import type { FloodWaits } from './delivery/flood-waits.js';
import type { OwnPictures } from './delivery/own-pictures.js';
import type { PhotoFiles } from './delivery/results/photo-files.js';
import type { ProgressMessages } from './delivery/results/progress-messages.js';
import type { TrainingDelivery } from './delivery/trainings/training-delivery.js';
import type { GridPictures } from './features/gallery/grid-pictures.js';
import type { PhotoIngest } from './photos/photo-ingest.js';
import type { TelegramFiles } from './photos/telegram-files.js';
import type { HeldUpdates } from './reception/held-updates.js';
import type { TelegramDependencies } from './telegram-dependencies.js';
import type { Language, Translator } from './wording/translator.js';

/** What the features share: the dependencies and what the bot made of them. */
export interface BotServices extends TelegramDependencies {
  /** Names this bot in rows: update numbers and file handles differ from bot to bot. */
  readonly source: string;
  /** For best effort: gives up soon. */
  readonly api: Api;
  /** For files: takes its time, and keeps to Telegram's limits. */
  readonly uploads: Api;
  /** What Telegram asked all of them to wait for. */
  readonly floodWaits: FloodWaits;
  readonly progress: ProgressMessages;
  readonly files: PhotoFiles;
  readonly ownPictures: OwnPictures;
  readonly gridPictures: GridPictures;
  readonly telegramFiles: TelegramFiles;
  readonly draftMessages: DraftMessages;
  readonly photoIngest: PhotoIngest;
  readonly trainings: TrainingDelivery;
  /** What came and is not dealt with yet. */
  readonly held: HeldUpdates;
  readonly menus: CommandMenus;
  /** For what takes longer than a handler may. */
  readonly background: Background;
  readonly textsIn: (language: Language) => Translator;
}

/** One thing the bot can do: says which messages and taps it handles. */
export type Feature = (composer: Composer<BotContext>, services: BotServices) => void;
