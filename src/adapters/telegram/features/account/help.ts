import { Composer } from 'grammy';
import { promptLength } from '../../../../domain/generation/prompt.js';
import type { BotContext } from '../../bot-context.js';
import { onButton } from '../../buttons/on-button.js';
import { openHelpButton } from '../../buttons/start-buttons.js';
import { say } from '../../speaking.js';
import type { Toolbox } from '../../toolbox.js';
import { Html } from '../../wording/html.js';
import { isTrainingPaid, trainingPrice } from '../../wording/training-price.js';

/** What can be done here, section by section, with this installation's prices and limits. */
export function helpFeature({ policy, trainingPolicy, promptAssistant }: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const help = async (context: BotContext) => {
    const { words } = context.caller;
    const { prices, freeRetrains } = trainingPolicy;
    const isPaid = policy.priceImage > 0 || policy.priceUpscale > 0 || isTrainingPaid(prices);
    const credits = (count: number) => words.html('count-credits', { count });
    const text = Html.join(
      [
        Html.join([
          words.html('help-pictures', { from: promptLength.from, to: promptLength.to }),
          promptAssistant !== null && words.html('help-photo'),
          words.html('help-inline', { name: context.me.username }),
        ]),
        words.html('help-waiting', { open: policy.openPerUser }),
        words.html('help-screens'),
        isPaid
          ? words.html('help-prices', {
              image: credits(policy.priceImage),
              upscale: credits(policy.priceUpscale),
              training: trainingPrice(prices, words),
            })
          : words.html('help-free'),
        isTrainingPaid(prices) && freeRetrains > 0 && words.html('new-retrains', { count: freeRetrains }),
      ],
      '\n\n',
    );
    await say(context, text);
  };
  composer.command('help', help);
  onButton(composer, openHelpButton, help);
  return composer;
}
