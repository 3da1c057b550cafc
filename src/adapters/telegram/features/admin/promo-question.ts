import type { IntendedPromo } from '../../../../domain/operator/intent.js';
import { confirmPromoButton, promosButton } from '../../buttons/admin-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import type { Screen } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { promoGives } from '../../wording/promo-gives.js';
import type { Translator } from '../../wording/translator.js';

/** `50`, `20%`, `50 100`, `50 100 2027-01-31 SPRING-26`: credits or percent, how many people, the last day, and one's own code. */
export function promoTerms(text: string): IntendedPromo | null {
  const [, number, percent, uses, until, code] =
    /^(\d{1,7})(?:\s?(%))?(?:\s+(\d{1,7}))?(?:\s+(\d{4}-\d\d-\d\d))?(?:\s+([a-z\d-]{4,32}))?$/i.exec(text) ??
    [];
  if (number === undefined) return null;
  return {
    ...(percent === undefined ? { credits: Number(number) } : { percent: Number(number) }),
    ...(uses === undefined ? {} : { uses: Number(uses) }),
    ...(until === undefined ? {} : { until }),
    ...(code === undefined ? {} : { code }),
  };
}

/** Asks once more, with what it may come to. */
export function askPromo(
  { credits, percent, uses, until, code }: IntendedPromo,
  intent: string,
  texts: Translator,
): Screen {
  const each = promoGives({ credits, percent }, texts);
  return {
    text: Html.join([
      texts.html('ask-promo', { each }),
      uses === undefined
        ? texts.html('ask-promo-unlimited')
        : credits === undefined
          ? texts.html('ask-promo-limited-percent', { uses })
          : texts.html('ask-promo-limited', {
              uses,
              all: texts.html('count-credits', { count: uses * credits }),
            }),
      until !== undefined && texts.html('ask-promo-until', { until }),
      code !== undefined && texts.html('ask-promo-code', { code }),
    ]),
    keyboard: [
      [asMain(confirmPromoButton.button(texts.plain('button-confirm-promo'), { intent }))],
      [promosButton.button(texts.plain('button-leave-question'), {})],
    ],
  };
}
