import type { BotContext } from '../bot-context.js';
import { askAccessButton, leaveAppealButton } from '../buttons/access-buttons.js';
import { kindsAmong } from '../buttons/button-kind.js';
import { giveBackButton } from '../buttons/payment-buttons.js';
import * as privacy from '../buttons/privacy-buttons.js';

const kinds = [...kindsAmong(privacy), askAccessButton, leaveAppealButton, giveBackButton];
const buttons = new Set(kinds.map(({ name }) => name));
const command = /^\/(start )?(privacy|terms|paysupport|appeal)(@\w+)?$/;

/**
 * What also somebody can do who may not come in: ask for it, appeal when they were blocked, take their data along or
 * have it deleted, and get help with what they paid or their money back.
 */
export const isOpenToAll = ({ chat, message, callbackQuery }: BotContext): boolean =>
  chat?.type === 'private' &&
  (callbackQuery?.data === undefined
    ? command.test(message?.text ?? '')
    : buttons.has(callbackQuery.data.split(':', 1)[0] ?? ''));
