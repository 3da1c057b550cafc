import type { Context } from 'grammy';
import type { Preferences } from '../../application/ports/stores/preference-store.js';
import type { UserId } from '../../domain/ids.js';
import type { Translator } from './wording/translator.js';

/** Who wrote or tapped, and how to speak with them. */
export interface BotUser {
  readonly id: UserId;
  readonly texts: Translator;
  readonly preferences: Preferences;
}

export type BotContext = Context & {
  user: BotUser;
};
