import { Composer } from 'grammy';
import { promptLength } from '../../../domain/prompt.js';
import type { BotContext } from '../bot-context.js';
import { newAvatarButton } from '../buttons/avatar-buttons.js';
import { say } from '../speaking.js';
import type { Toolbox } from '../toolbox.js';
import { Html } from '../wording/html.js';

/** First contact, and help that knows this installation's prices. */
export function startFeature({ database, policy }: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('start', async (context) => {
    const { id, words } = context.caller;
    const { avatars, ledger } = database.stores;
    const [ready, account] = await Promise.all([avatars.list(id), ledger.account(id)]);
    const hasAvatar = ready.some(({ status }) => status === 'ready');
    const text = Html.join(
      [
        words.html('start-hello', { name: context.from?.first_name ?? '' }),
        words.html(hasAvatar ? 'start-with-avatar' : 'start-without-avatar'),
        policy.priceImage > 0 && words.html('start-balance', { balance: account.balance }),
      ],
      '\n\n',
    );
    const begin = newAvatarButton.button(words.plain('button-new-avatar'), {});
    await say(context, text, hasAvatar || context.chat.type !== 'private' ? [] : [[begin]]);
  });
  composer.command('help', async (context) => {
    const { words } = context.caller;
    const text = Html.join(
      [
        words.html('help', { from: promptLength.from, to: promptLength.to }),
        policy.priceImage > 0
          ? words.html('help-prices', { image: policy.priceImage, training: policy.priceTraining })
          : words.html('help-free'),
        words.html('help-limits', { open: policy.openPerUser }),
      ],
      '\n\n',
    );
    await say(context, text);
  });
  return composer;
}
