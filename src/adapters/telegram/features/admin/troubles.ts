import type { InlineKeyboardButton } from 'grammy/types';
import type { LastingTrouble } from '../../../../application/operator/list-troubles.js';
import { deadLetterKinds } from '../../../../domain/operator/trouble.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { budgetButton } from '../../buttons/budget-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import {
  deadLettersButton,
  restoreEndpointButton,
  troublesButton,
  tryProviderButton,
  waitingPaymentsButton,
} from '../../buttons/trouble-buttons.js';
import { type Screen, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { troubleText } from '../../wording/trouble-texts.js';
import { type AdminArea, backToAdmin } from './admin-area.js';

/** What is in trouble, each with what can be done about it from here. */
export const troublesArea: AdminArea = {
  opener: (texts) => troublesButton.button(texts.plain('button-trouble'), {}),
  waiting: async ({ listTroubles }) => (await listTroubles.execute()).length,
  feature: (operators, services) => troublesFeature(operators, services),
};

const troublesFeature: Feature = (operators, { listTroubles, restoreEndpoint, askProvider }) => {
  const showAll = async (context: BotContext) => {
    const { text, keyboard } = screenOf(await listTroubles.execute(), context.user.texts);
    await show(context, text, keyboard);
  };
  onButton(operators, troublesButton, showAll);
  onButton(operators, tryProviderButton, async (context) => {
    const answer = await askProvider.execute();
    await context.answerCallbackQuery({
      text: context.user.texts.plain(`trouble-key-${answer}`),
      show_alert: true,
    });
    await showAll(context);
  });
  onButton(operators, restoreEndpointButton, async (context, { endpoint }) => {
    await restoreEndpoint.execute(endpoint, { admin: context.user.id });
    await context.answerCallbackQuery({ text: context.user.texts.plain('trouble-restored', { endpoint }) });
    await showAll(context);
  });
};

function screenOf(troubles: readonly LastingTrouble[], texts: Translator): Screen {
  const again = troublesButton.button(texts.plain('button-look-again'), {});
  if (troubles.length === 0)
    return { text: texts.html('trouble-none'), keyboard: [[again], backToAdmin(texts)] };
  return {
    text: Html.join(
      troubles.map((trouble) =>
        Html.join([
          troubleText(trouble, texts),
          trouble.since !== null && texts.html('trouble-since', { since: trouble.since }),
        ]),
      ),
      '\n\n',
    ),
    keyboard: [...remediesFor(troubles, texts).map((button) => [button]), [again], backToAdmin(texts)],
  };
}

/** Two troubles may have the same one. */
const remediesFor = (troubles: readonly LastingTrouble[], texts: Translator) =>
  troubles
    .map((trouble) => remedyFor(trouble, texts))
    .filter((button) => button !== null)
    .filter(
      (button, index, all) => all.findIndex((each) => each.callback_data === button.callback_data) === index,
    );

/** What an operator can do about it here; `null`: nothing but mend what is outside. */
function remedyFor(
  { kind, subject }: LastingTrouble,
  texts: Translator,
): InlineKeyboardButton.CallbackButton | null {
  switch (kind) {
    case 'provider_refuses_key':
      return tryProviderButton.button(texts.plain('button-try-now'), {});
    case 'endpoint_gone':
      return restoreEndpointButton.button(texts.plain('button-restore', { endpoint: shortName(subject) }), {
        endpoint: subject,
      });
    case 'dead_letters': {
      const what = deadLetterKinds.find((each) => each === subject);
      if (what === undefined || what === 'update') return null;
      return deadLettersButton.button(texts.plain(`button-dead-${what}`), { what, from: 0 });
    }
    case 'budget_nearly_spent':
      return budgetButton.button(texts.plain('button-budget'), {});
    case 'refund_unanswered':
    case 'payment_unknown':
      return waitingPaymentsButton.button(texts.plain('button-waiting-payments'), {});
    case 'provider_unreadable':
    case 'disk_nearly_full':
    case 'two_pollers':
    case 'books_differ':
    case 'star_books_differ':
    // Has a screen of its own.
    case 'case_waits':
      return null;
    default:
      return kind satisfies never;
  }
}

/** Without the vendor, which all have in common: buttons are narrow. */
const shortName = (endpoint: string): string => endpoint.replace(/^fal-ai\//, '');
