import type { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { DomainError } from '../../../domain/errors.js';
import type { BotContext } from '../bot-context.js';
import { showKeyboard } from '../replies.js';
import { pricedShort } from '../wording/price-label.js';
import type { Translator } from '../wording/translator.js';
import type { ButtonKind } from './button-kind.js';
import { onButton, type Tapped } from './on-button.js';

interface Paying {
  /** `null` on buttons of releases that wrote no price into them. */
  readonly credits: number | null;
}

/** A button that pays. Its price stands in the label and in the data: whoever taps it later pays no more. */
export const payingButton = <Values extends Paying>(
  kind: ButtonKind<Values>,
  label: string,
  values: Values & { readonly credits: number },
  texts: Translator,
): InlineKeyboardButton.CallbackButton => kind.button(pricedShort(label, values.credits, texts), values);

/**
 * Handles the taps on a kind of button that pays; `agreed` is what the handler may let it cost. If it costs more by now,
 * the person is told, and the button says so from now on.
 */
export function onPayingButton<Values extends Paying>(
  composer: Composer<BotContext>,
  kind: ButtonKind<Values>,
  handle: (context: Tapped, values: Values, agreed: number | undefined) => Promise<unknown>,
): void {
  onButton(composer, kind, async (context, values) => {
    try {
      await handle(context, values, values.credits ?? undefined);
    } catch (error) {
      if (!(error instanceof DomainError) || error.refusal.code !== 'price_changed') throw error;
      const { credits, agreed } = error.refusal;
      const { texts } = context.user;
      const text = texts.plain('form-price-changed');
      await context.answerCallbackQuery({ text, show_alert: true });
      const keyboard = context.callbackQuery.message?.reply_markup?.inline_keyboard ?? [];
      const { data: tapped } = context.callbackQuery;
      await showKeyboard(
        context,
        keyboard.map((row) =>
          row.map((button) =>
            'callback_data' in button && button.callback_data === tapped
              ? {
                  ...button,
                  ...payingButton(kind, withoutPrice(button.text, agreed), { ...values, credits }, texts),
                }
              : button,
          ),
        ),
      );
    }
  });
}

/** In whichever language it was written. */
function withoutPrice(label: string, credits: number): string {
  const [price = '', written = ''] = / · (\d[\d,\u00a0]*)$/.exec(label) ?? [];
  return written.replaceAll(/\D/g, '') === String(credits) ? label.slice(0, -price.length) : label;
}
