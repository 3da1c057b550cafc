import type { IntendedEnd } from '../../../../domain/operator/intent.js';
import type { Feature } from '../../bot-services.js';
import { accessButton } from '../../buttons/access-buttons.js';
import { confirmEndButton, promosButton } from '../../buttons/admin-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { type Screen, show } from '../../replies.js';
import type { Translator } from '../../wording/translator.js';
import type { AdminArea } from './admin-area.js';

/** Promo codes and links end after a second tap: what was handed out to many comes back to nobody. */
export const endingsArea: AdminArea = {
  feature: (operators, services) => endingsFeature(operators, services),
};

const endingsFeature: Feature = (operators, { confirmEnd }) =>
  onButton(operators, confirmEndButton, async (context, { intent }) => {
    const { id: admin, texts } = context.user;
    const { act, code } = await confirmEnd.execute(intent, { admin });
    await show(context, texts.html(`done-${act}`, { code }), [[listOf(act, texts)]]);
  });

interface Asked extends IntendedEnd {
  readonly used: number;
  readonly intent: string;
}

/** Says what ending it comes to. */
export const askEnd = ({ act, code, used, intent }: Asked, texts: Translator): Screen => ({
  text: texts.html(`ask-${act}`, { code, used }),
  keyboard: [
    [
      confirmEndButton.button(
        texts.plain(act === 'promo-end' ? 'button-end-promo' : 'button-end-link', { code }),
        { intent },
      ),
    ],
    [{ ...listOf(act, texts), text: texts.plain('button-leave-question') }],
  ],
});

const listOf = (act: IntendedEnd['act'], texts: Translator) =>
  act === 'promo-end'
    ? promosButton.button(texts.plain('button-promos'), {})
    : accessButton.button(texts.plain('button-access'), {});
