import { type BudgetPeriod, budgetPeriods } from '../../../../domain/budget.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import { askResetButton, budgetButton, confirmResetButton } from '../../buttons/budget-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { type Screen, say, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { type AdminArea, backToAdmin } from './admin-area.js';
import { Confirmations } from './confirmations.js';

/** What fal's work may cost, and how many pictures a person may order. */
export const budgetArea: AdminArea = {
  opener: (texts) => budgetButton.button(texts.plain('button-budget'), {}),
  feature: (operators, services) => {
    const confirmations = new Confirmations(services);
    onButton(operators, budgetButton, async (context) => {
      const { text, keyboard } = await budgetScreen(services, context.user.texts);
      await show(context, text, keyboard);
    });
    onButton(operators, askResetButton, async (context) => {
      const { texts } = context.user;
      const text = texts.html('budget-reset-ask', await spentIn(services, texts));
      await confirmations.ask(context, { act: 'budget-reset' }, (intent) => ({
        text,
        keyboard: [
          [asMain(confirmResetButton.button(texts.plain('button-budget-reset-yes'), { intent }))],
          [budgetButton.button(texts.plain('button-leave-question'), {})],
        ],
      }));
    });
    onButton(operators, confirmResetButton, async (context, { intent }) => {
      const { id: admin, texts } = context.user;
      await services.confirmReset.execute(intent, { admin });
      const { text, keyboard } = await budgetScreen(services, texts);
      await show(context, Html.join([texts.html('budget-reset-done'), text], '\n\n'), keyboard);
    });
  },
  commands: (services) => ({
    reset: (context) => reset(services, context),
    limit: (context, rest) => limit(services, context, rest),
  }),
};

async function budgetScreen({ database, policy, clock }: BotServices, texts: Translator): Promise<Screen> {
  const spent = await database.stores.quotas.spent(clock.now());
  const { budgets, pictures } = policy.quotas;
  const line = (period: BudgetPeriod) => {
    const [most, used] = [budgets[period], dollars(spent[period], texts)];
    return most === null
      ? texts.html(`budget-${period}-any`, { spent: used })
      : texts.html(`budget-${period}`, { spent: used, limit: dollars(most, texts) });
  };
  return {
    text: Html.join(
      [
        texts.html('budget-title'),
        Html.join(budgetPeriods.map(line)),
        pictures === null
          ? texts.html('budget-pictures-any')
          : texts.html('budget-pictures', { count: pictures }),
        texts.html('budget-how'),
      ],
      '\n\n',
    ),
    keyboard: [
      ...(budgetPeriods.some((period) => budgets[period] !== null)
        ? [[askResetButton.button(texts.plain('button-budget-reset'), {})]]
        : []),
      backToAdmin(texts),
    ],
  };
}

async function spentIn({ database, clock }: BotServices, texts: Translator) {
  const { day, month } = await database.stores.quotas.spent(clock.now());
  return { day: dollars(day, texts), month: dollars(month, texts) };
}

const dollars = (millionths: number, texts: Translator): string =>
  texts.plain('numbers-dollars', { sign: '', amount: millionths / 1_000_000 });

async function reset({ resetBudget }: BotServices, context: BotContext): Promise<void> {
  const { id: admin, texts } = context.user;
  await resetBudget.execute({ admin });
  await say(context, texts.html('budget-reset-done'), [backToAdmin(texts)]);
}

/** `/admin limit <id> <n>`, or `usual` for what everybody has. */
async function limit(
  { limitPictures, policy }: BotServices,
  context: BotContext,
  rest: string,
): Promise<void> {
  const { id: admin, texts } = context.user;
  const [user = '', typed = ''] = rest.split(/\s+/);
  const count = typed === 'usual' ? null : /^\d+$/.test(typed) ? Number(typed) : typed;
  await limitPictures.execute({ user, pictures: count }, { admin });
  const done =
    count === null ? texts.html('limit-usual', { user }) : texts.html('limit-done', { user, count });
  await say(context, Html.join([done, policy.quotas.pictures === null && texts.html('limit-off')], '\n\n'), [
    backToAdmin(texts),
  ]);
}
