import type { InlineKeyboardButton } from 'grammy/types';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { adminButton } from '../../buttons/admin-buttons.js';
import type { Translator } from '../../wording/translator.js';

/** What comes after `/admin <word>`. */
export type AdminCommand = (context: BotContext, rest: string) => Promise<unknown>;

/** One thing that operators look after. Listed in `admin-areas.ts`, it has its place on the first screen of `/admin`. */
export interface AdminArea {
  /** Opens it from there; none where it is reached by other ways alone. */
  readonly opener?: (texts: Translator) => InlineKeyboardButton.CallbackButton;
  /** How much waits there for an operator; said on that button. */
  readonly waiting?: (services: BotServices) => Promise<number>;
  /** What it hears. Only operators get that far, and only in their private chat: it need not ask who they are. */
  readonly feature?: Feature;
  readonly commands?: (services: BotServices) => Readonly<Record<string, AdminCommand>>;
}

/** Leads from an area to the first screen. */
export const backToAdmin = (texts: Translator): InlineKeyboardButton[] => [
  adminButton.button(texts.plain('button-back'), {}),
];
