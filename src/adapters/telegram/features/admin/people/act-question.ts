import type { Person } from '../../../../../application/operator/people/describe-person.js';
import type { PersonalAct } from '../../../../../domain/operator/intent.js';
import { confirmActButton, personButton, sayWhyButton } from '../../../buttons/admin-buttons.js';
import { asMain } from '../../../buttons/button-kind.js';
import type { Screen } from '../../../replies.js';
import { Html } from '../../../wording/html.js';
import type { Translator } from '../../../wording/translator.js';

interface Asked {
  readonly act: PersonalAct;
  readonly person: Person;
  /** Id of what is kept of it. */
  readonly intent: string;
}

/** Asks an operator once more, with the numbers that it will come to. */
export function askAct({ act, person, intent }: Asked, texts: Translator): Screen {
  const { text, label } = wordsFor(act, person, texts);
  const why = 'why' in act && act.why !== null && texts.html('act-why', { why: act.why });
  return {
    text: Html.join([text, why]),
    keyboard: [
      [asMain(confirmActButton.button(label, { intent }))],
      ...(act.act === 'refund' || act.act === 'refund-stop' || act.act === 'block'
        ? [[sayWhyButton.button(texts.plain('button-say-why'), { intent })]]
        : []),
      [personButton.button(texts.plain('button-leave-question'), { user: act.user })],
    ],
  };
}

function wordsFor(act: PersonalAct, { user, account, lots }: Person, texts: Translator) {
  const name = user.displayName ?? user.id;
  const { balance } = account;
  const paid = (charge: string) => {
    const lot = lots.find(({ payment }) => payment.charge === charge);
    const { stars = 0, credits = 0, taken = 0 } = lot?.payment ?? {};
    return { lot, stars, credits, taken };
  };
  switch (act.act) {
    case 'grant':
    case 'take-back': {
      const after = act.act === 'grant' ? balance + act.credits : balance - act.credits;
      const credits = texts.html('count-credits', { count: act.credits });
      return {
        text: texts.html(`ask-${act.act}`, { name, credits, before: balance, after }),
        label: texts.plain(`button-confirm-${act.act}`, { credits }),
      };
    }
    case 'refund': {
      const { stars, credits, lot } = paid(act.charge);
      return {
        text: texts.html('ask-refund', {
          ...{ name, stars, left: lot?.left ?? 0 },
          credits: texts.html('count-credits', { count: credits }),
        }),
        label: texts.plain('button-confirm-refund', { stars }),
      };
    }
    case 'refund-stop': {
      const { stars, taken } = paid(act.charge);
      const credits = texts.html('count-credits', { count: taken });
      return {
        text: texts.html('ask-refund-stop', { name, stars, credits }),
        label: texts.plain('button-confirm-refund-stop'),
      };
    }
    case 'payment-settle': {
      const { stars } = paid(act.charge);
      const credits = texts.html('count-credits', { count: act.credits });
      return act.credits === 0
        ? {
            text: texts.html('ask-settle-nothing', { name, stars }),
            label: texts.plain('button-confirm-settle-nothing'),
          }
        : {
            text: texts.html('ask-settle', { name, stars, credits, before: balance }),
            label: texts.plain('button-confirm-grant', { credits }),
          };
    }
    case 'block':
      return { text: texts.html('ask-block', { name }), label: texts.plain('button-confirm-block') };
    case 'message':
      return {
        text: texts.html('ask-message', { name }),
        label: texts.plain('button-confirm-message'),
      };
    default:
      return act satisfies never;
  }
}
