import type { Api } from 'grammy';
import type { PhotoFiles } from './delivery/photo-files.js';
import type { ProgressMessages } from './delivery/progress-messages.js';
import type { TelegramDependencies } from './telegram-dependencies.js';
import type { Language, Words } from './wording/words.js';

/** What the features share: the dependencies and what the bot made of them. */
export interface Toolbox extends TelegramDependencies {
  /** Names this bot in rows: its numbers and file handles are its own. */
  readonly source: string;
  /** Without the patience of handlers: for courtesies and deliveries. */
  readonly api: Api;
  readonly progress: ProgressMessages;
  readonly files: PhotoFiles;
  readonly wordsIn: (language: Language) => Words;
}
