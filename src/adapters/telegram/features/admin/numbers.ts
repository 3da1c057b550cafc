import { InputFile } from 'grammy';
import { numbersCsv } from '../../../../application/operator/numbers-csv.js';
import { type Span, spans } from '../../../../domain/operator/numbers.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { numbersButton, numbersFileButton } from '../../buttons/admin-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { type Keyboard, show } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';
import { type AdminArea, backToAdmin } from './admin-area.js';
import { numbersText } from './numbers-text.js';

/** What came of the last days. */
export const numbersArea: AdminArea = {
  opener: (texts) => numbersButton.button(texts.plain('button-admin-numbers'), { days: 1 }),
  feature: (operators, services) => numbersFeature(operators, services),
};

const numbersFeature: Feature = (operators, { reportNumbers, uploads }) => {
  const screen = async ({ user: { texts } }: BotContext, days: Span) => ({
    text: numbersText(await reportNumbers.execute({ days }), texts),
    keyboard: keyboardOf(days, texts),
  });

  onButton(operators, numbersButton, async (context, { days }) => {
    const { text, keyboard } = await screen(context, days);
    await show(context, text, keyboard);
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
