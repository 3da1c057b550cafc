import { InputFile, InputMediaBuilder } from 'grammy';
import { numbersCsv } from '../../../../../application/operator/numbers-csv.js';
import { type Span, spans } from '../../../../../domain/operator/numbers.js';
import type { BotContext } from '../../../bot-context.js';
import type { Feature } from '../../../bot-services.js';
import { numbersButton, numbersFileButton } from '../../../buttons/admin-buttons.js';
import { onButton } from '../../../buttons/on-button.js';
import { asCaption, asMarkup, editing, type Keyboard } from '../../../replies.js';
import { bestEffort } from '../../../telegram-errors.js';
import type { Translator } from '../../../wording/translator.js';
import { type AdminArea, backToAdmin } from '../admin-area.js';
import { numbersText } from './numbers-text.js';

/** What came of the last days. */
export const numbersArea: AdminArea = {
  opener: (texts) => numbersButton.button(texts.plain('button-admin-numbers'), { days: 1 }),
  feature: (operators, services) => numbersFeature(operators, services),
};

const numbersFeature: Feature = (operators, { plotNumbers, reportNumbers, uploads }) => {
  const screen = async ({ user: { texts } }: BotContext, days: Span) => {
    const [numbers, plot] = await Promise.all([
      reportNumbers.execute({ days }),
      plotNumbers.execute({ days }),
    ]);
    return {
      plot: new InputFile(plot, `aisha-${days}d.png`),
      text: numbersText(numbers, texts),
      keyboard: keyboardOf(days, texts),
    };
  };

  onButton(operators, numbersButton, async (context, { days }) => {
    const { plot, text, keyboard } = await screen(context, days);
    if (context.callbackQuery.message?.photo === undefined) {
      // Its words would not come back in the place of a picture.
      await context.replyWithPhoto(plot, asCaption(text, keyboard));
      return void (await bestEffort(() => context.deleteMessage()));
    }
    const photo = InputMediaBuilder.photo(plot, asCaption(text));
    await editing(() => context.editMessageMedia(photo, { reply_markup: asMarkup(keyboard) }));
  });
  onButton(operators, numbersFileButton, async (context, { days }) => {
    const numbers = await reportNumbers.execute({ days });
    const name = `aisha-${numbers.from.toISOString().slice(0, 10)}-${days}d.csv`;
    await uploads.sendDocument(context.from.id, new InputFile(Buffer.from(numbersCsv(numbers)), name));
  });
};

const keyboardOf = (days: Span, texts: Translator): Keyboard => [
  spans.map((each) =>
    numbersButton.choice(each === days, texts.plain('button-numbers', { days: each }), { days: each }),
  ),
  [numbersFileButton.button(texts.plain('button-numbers-file'), { days })],
  backToAdmin(texts),
];
