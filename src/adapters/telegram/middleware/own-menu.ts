import type { MiddlewareFn } from 'grammy';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';

/** An operator whose chat with the bot begins only now gets the menu that Telegram did not take before. */
export const ownMenu =
  ({ menus }: Pick<BotServices, 'menus'>): MiddlewareFn<BotContext> =>
  async ({ chat, user }, next) => {
    if (chat?.type === 'private') await menus.greet(user.id);
    await next();
  };
