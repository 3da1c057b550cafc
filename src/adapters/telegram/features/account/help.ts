import { pictureBounds } from '../../../../domain/generation/picture-price.js';
import { promptLength } from '../../../../domain/generation/prompt.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { openHelpButton } from '../../buttons/start-buttons.js';
import { say } from '../../replies.js';
import { shownContact } from '../../wording/contact.js';
import { Html } from '../../wording/html.js';
import { creditsText } from '../../wording/price-label.js';
import { isTrainingPaid, trainingPrice } from '../../wording/training-price.js';
import { firstWayOn } from '../way-on.js';

/** What can be done here, section by section, with this installation's prices and limits. */
export const helpFeature: Feature = (composer, services) => {
  const { policy, trainingPolicy, supportContact } = services;
  const help = async (context: BotContext) => {
    const { texts } = context.user;
    const { prices, freeRetrains } = trainingPolicy;
    const isPaid = pictureBounds(policy).to > 0 || policy.priceUpscale > 0 || isTrainingPaid(prices);
    const credits = (count: number) => texts.html('count-credits', { count });
    const text = Html.join(
      [
        Html.join([
          texts.html('help-pictures', { from: promptLength.from, to: promptLength.to }),
          texts.html('help-photo'),
          texts.html('help-inline', { name: context.me.username }),
        ]),
        texts.html('help-waiting', { open: policy.openPerUser }),
        texts.html('help-screens'),
        isPaid
          ? texts.html('help-prices', {
              image: creditsText(pictureBounds(policy), texts),
              upscale: credits(policy.priceUpscale),
              training: trainingPrice(prices, texts),
            })
          : texts.html('help-free'),
        isTrainingPaid(prices) && freeRetrains > 0 && texts.html('new-retrains', { count: freeRetrains }),
        supportContact !== null && texts.html('help-contact', { contact: shownContact(supportContact) }),
      ],
      '\n\n',
    );
    await say(context, text, await firstWayOn(context, services));
  };
  composer.command('help', help);
  onButton(composer, openHelpButton, help);
};
