import type { MiddlewareFn } from 'grammy';
import { userId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';

/** Notes who has blocked the bot, and who lets it in again. Nobody is answered: they wrote nothing. */
export const hearBlocks =
  ({ noteReachable }: Pick<BotServices, 'noteReachable'>): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const change = context.myChatMember;
    if (change === undefined) return next();
    if (change.chat.type !== 'private') return;
    const isReachable = change.new_chat_member.status !== 'kicked';
    await noteReachable.execute(userId(String(change.chat.id)), isReachable);
  };
