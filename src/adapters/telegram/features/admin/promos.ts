import { DomainError } from '../../../../domain/errors.js';
import type { Promo } from '../../../../domain/payments/promo.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/admin-buttons.js';
import { copyButtons } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { type Screen, show, startLink } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { promoGives } from '../../wording/promo-gives.js';
import type { Translator } from '../../wording/translator.js';
import { Questions } from '../questions.js';
import { type AdminArea, backToAdmin } from './admin-area.js';
import { Confirmations } from './confirmations.js';
import { askEnd } from './endings.js';
import { operatorQuestion } from './operator-question.js';

const shownAtOnce = 10;

/** Promo codes, newest first. More of them are listed on the command line. */
export const promosArea: AdminArea = {
  opener: (texts) => buttons.promosButton.button(texts.plain('button-promos'), {}),
  feature: (operators, services) => promosFeature(operators, services),
};

const promosFeature: Feature = (operators, services) => {
  const { database, confirmPromo, clock } = services;
  const questions = new Questions(services);
  const confirmations = new Confirmations(services);
  const open = async (context: BotContext) => {
    const { text, keyboard } = promosScreen(
      await database.stores.promos.list(shownAtOnce),
      await database.stores.promos.count(),
      clock.now(),
      context.user.texts,
    );
    await show(context, text, keyboard);
  };
  onButton(operators, buttons.promosButton, open);
  onButton(operators, buttons.newPromoButton, (context) => questions.ask(context, operatorQuestion('promo')));
  onButton(operators, buttons.confirmPromoButton, async (context, { intent }) => {
    const { id: admin, texts } = context.user;
    const { shown: code } = await confirmPromo.execute(intent, { admin });
    const link = startLink(context, `promo_${code}`);
    await show(context, texts.html('promo-made', { code, link }), [
      copyButtons(texts.plain('button-copy-link'), link),
      [buttons.promosButton.button(texts.plain('button-promos'), {})],
    ]);
  });
  onButton(operators, buttons.endPromoButton, async (context, { code }) => {
    const promo = await database.stores.promos.find(code);
    if (promo === null) throw new DomainError({ code: 'not_found', what: 'promo code' });
    const end = { act: 'promo-end', code: promo.shown } as const;
    await confirmations.ask(context, end, (intent) =>
      askEnd({ ...end, used: promo.used, intent }, context.user.texts),
    );
  });
};

function promosScreen(shown: readonly Promo[], count: number, now: Date, texts: Translator): Screen {
  const isLive = ({ endedAt, until, uses, used }: Promo) =>
    endedAt === null && (until === null || until >= now) && (uses === null || used < uses);
  const lines = shown.map((promo) => lineOf(promo, isLive(promo), texts));
  return {
    text: Html.join(
      [
        texts.html('promos-title'),
        ...(lines.length === 0 ? [texts.html('promos-none')] : lines),
        count > shown.length && texts.html('promos-more', { more: count - shown.length }),
      ],
      '\n\n',
    ),
    keyboard: [
      [buttons.newPromoButton.button(texts.plain('button-new-promo'), {})],
      ...shown
        .filter(isLive)
        .map(({ code, shown: name }) => [
          buttons.endPromoButton.button(texts.plain('button-end-promo', { code: name }), { code }),
        ]),
      backToAdmin(texts),
    ],
  };
}

function lineOf({ shown, uses, used, until, ...gift }: Promo, isLive: boolean, texts: Translator): Html {
  const line = { code: shown, credits: promoGives(gift, texts), used };
  return Html.join(
    [
      uses === null ? texts.html('promos-line', line) : texts.html('promos-line-limited', { ...line, uses }),
      until !== null && texts.html('promos-until', { until }),
      !isLive && texts.html('promos-over'),
    ],
    ' · ',
  );
}
